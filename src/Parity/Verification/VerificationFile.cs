using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>Reads and writes the file of a <see cref="Verification"/>.</summary>
internal static partial class VerificationFile
{
    /// <exception cref="InvalidInputException">The file is missing, damaged, or of another format.</exception>
    internal static Verification Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(
                $"'{path}' is damaged: {e.Message} Export the model again to have it written.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"'{path}' cannot be read, but what an export verified was expected there: {e.Message}", e);
        }
    }

    internal static void Write(Verification verification, string path)
    {
        var json = JsonSerializer.Serialize(verification, VerificationJson.Default.Verification);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(json + "\n")));
    }

    // The format first: a file of a later one may have keys that are unknown here, and would be called damaged.
    private static Verification Parse(byte[] json, string path)
    {
        var format = JsonSerializer.Deserialize(json, VerificationJson.Default.VerificationFormat)?.Format;
        if (format != Verification.CurrentFormat)
        {
            throw new InvalidInputException(
                $"'{path}' is of format {format}, but {Verification.CurrentFormat} was expected: read it with the "
                + "version that wrote it, or export the model again.");
        }

        var verification = JsonSerializer.Deserialize(json, VerificationJson.Default.Verification)!;
        CheckSum(verification.Model.Sha256, "model", path);
        CheckSum(verification.Checkpoint.Sha256, "checkpoint", path);
        return verification;
    }

    private static void CheckSum(string sum, string key, string path)
    {
        if (!SumPattern().IsMatch(sum))
        {
            throw new InvalidInputException(
                $"'{path}' is damaged: the sha256 of its {key} is '{sum}', but 64 lowercase hexadecimal digits were "
                + "expected.");
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex SumPattern();
}
