using System.Security.Cryptography;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// What was verified of an exported model: which bytes, of which checkpoint, by which versions, and what was compared.
/// It lies beside the model as <see cref="FileName"/>. Anyone can write such a file, so it proves integrity, not
/// origin. Immutable.
/// </summary>
public sealed record Verification
{
    /// <summary>The name of the file, in the folder of the model.</summary>
    public const string FileName = "verification.json";

    /// <summary>The version of the format that this project writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>The model's file.</summary>
    public required VerifiedModel Model { get; init; }

    /// <summary>What it was exported from.</summary>
    public required VerifiedCheckpoint Checkpoint { get; init; }

    /// <summary>What compared them.</summary>
    public required VerifiedVersions Versions { get; init; }

    /// <summary>The weights that were compared.</summary>
    public required VerifiedWeights Weights { get; init; }

    /// <summary>The outputs that were compared, a comparison for each set of inputs.</summary>
    public required IReadOnlyList<VerifiedComparison> Comparisons { get; init; }

    /// <summary>What the accuracy gate measured; null where none was asked for.</summary>
    public VerifiedAccuracy? Accuracy { get; init; }

    /// <summary>Reads what lies beside a model.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <returns>The verification, or null where there is no <see cref="FileName"/>.</returns>
    /// <exception cref="InvalidInputException">The file is damaged, or of another format.</exception>
    public static Verification? Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? Read(path) : null;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidInputException">The file is missing, damaged, or of another format.</exception>
    public static Verification Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return VerificationFile.Read(path);
    }

    /// <summary>The sum of a file as <see cref="VerifiedModel.Sha256"/> has it.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public static string Sha256Of(string modelPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        try
        {
            using var stream = File.OpenRead(modelPath);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"'{modelPath}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whether these bytes are those of the model that was verified.</summary>
    public bool Matches(ReadOnlySpan<byte> model) =>
        model.Length == Model.Bytes && Convert.ToHexStringLower(SHA256.HashData(model)) == Model.Sha256;

    /// <summary>Whether this file is the model that was verified.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public bool Matches(string modelPath) => Sha256Of(modelPath) == Model.Sha256;

    /// <summary>Throws unless this file is the model that was verified.</summary>
    /// <exception cref="InvalidInputException">It is another file, or cannot be read.</exception>
    public void ThrowUnlessMatches(string modelPath)
    {
        var found = Sha256Of(modelPath);
        if (found != Model.Sha256)
        {
            throw new InvalidInputException(
                $"'{modelPath}' has the SHA-256 {found}, but its {FileName} is of {Model.Sha256}: the model was "
                + $"changed after its export, or the two files are of different exports. Export it again, or copy the "
                + $"model, its {FileName} and its test data together.");
        }
    }

    /// <summary>Writes the file, whole or not at all; the same verification gives the same bytes.</summary>
    /// <param name="folder">The model's folder.</param>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        VerificationFile.Write(this, Path.Combine(folder, FileName));
    }
}

/// <summary>The file that was verified.</summary>
/// <param name="Sha256">SHA-256 of its bytes, in lowercase hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Precision">How it stores its weights: a name of <see cref="Precisions"/>.</param>
/// <param name="Input">What it reads: <c>ids</c> or <c>text</c>.</param>
public sealed record VerifiedModel(string Sha256, long Bytes, string Precision, string Input);

/// <summary>The checkpoint that the file was compared with.</summary>
/// <param name="Sha256">SHA-256 of the files one after another; see <see cref="Core.Checkpoint.Sha256"/>.</param>
/// <param name="Files">The names of the files, in that order.</param>
public sealed record VerifiedCheckpoint(string Sha256, IReadOnlyList<string> Files);

/// <summary>The versions of what exported and compared.</summary>
/// <param name="OnnxSentiment">This project.</param>
/// <param name="OnnxRuntime">ONNX Runtime, which computed the file.</param>
public sealed record VerifiedVersions(string OnnxSentiment, string OnnxRuntime);

/// <summary>The weights that were compared with the checkpoint's.</summary>
/// <param name="Tensors">Tensors of the checkpoint, all of which were found in the file.</param>
/// <param name="Values">Numbers of these tensors.</param>
/// <param name="Constants">Constants of the file that are no weights, each with its expected value.</param>
/// <param name="LargestDifference">The largest <c>|stored − trained|</c>; 0 in float32.</param>
/// <param name="Rule">How far a stored number may be from the trained one, in words.</param>
public sealed record VerifiedWeights(int Tensors, long Values, int Constants, double LargestDifference, string Rule);

/// <summary>Two computations that were compared on the same inputs.</summary>
/// <param name="Inputs">What both were given.</param>
/// <param name="Actual">The computation that was checked.</param>
/// <param name="Expected">The computation that it was compared with.</param>
/// <param name="Texts">The number of texts.</param>
/// <param name="Outputs">How far apart the outputs were.</param>
public sealed record VerifiedComparison(
    string Inputs, string Actual, string Expected, int Texts, IReadOnlyList<VerifiedOutput> Outputs);

/// <summary>An output that was compared: <c>|actual − expected| ≤ absolute + relative · |expected|</c>.</summary>
/// <param name="Output"><c>logit</c> or <c>probability</c>.</param>
/// <param name="LargestDifference">The largest absolute difference, to two significant digits.</param>
/// <param name="AllowedAbsolute">The absolute part of the tolerance.</param>
/// <param name="AllowedRelative">The relative part.</param>
public sealed record VerifiedOutput(
    string Output, double LargestDifference, double AllowedAbsolute, double AllowedRelative);

/// <summary>Accuracy on labeled texts, beside that of the same checkpoint in float32.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="Float32">Accuracy of the file in float32, 0 to 1.</param>
/// <param name="Model">Accuracy of this file.</param>
/// <param name="AllowedDrop">The percentage points that it was allowed to lose.</param>
public sealed record VerifiedAccuracy(int Texts, double Float32, double Model, double AllowedDrop);
