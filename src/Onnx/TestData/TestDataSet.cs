using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Inputs and expected outputs beside a model, in the layout of ONNX's backend tests: a folder <c>test_data_set_N</c>
/// with <c>input_0.pb</c>, <c>output_0.pb</c>, <c>output_1.pb</c> …, a tensor each, numbered in the order of the
/// graph's inputs and outputs. Any tool in any language can check the model with them.
/// </summary>
/// <param name="Inputs">What the model is given.</param>
/// <param name="Outputs">What it has to return.</param>
public sealed partial record TestDataSet(IReadOnlyList<NamedTensor> Inputs, IReadOnlyList<NamedTensor> Outputs)
{
    private const string FolderPrefix = "test_data_set_";
    private const string InputPrefix = "input_";
    private const string OutputPrefix = "output_";

    /// <summary>The name of the folder of a data set.</summary>
    public static string FolderName(int index) => string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{index}");

    /// <summary>The file of an input within a data set's folder.</summary>
    public static string InputFile(int index) => FileName(InputPrefix, index);

    /// <summary>The file of an output within a data set's folder.</summary>
    public static string OutputFile(int index) => FileName(OutputPrefix, index);

    /// <summary>The data sets that lie beside a model, in the order of their numbers.</summary>
    /// <param name="folder">The model's folder.</param>
    public static IReadOnlyList<string> Find(string folder) =>
        [.. from path in Directory.EnumerateDirectories(folder, FolderPrefix + "*")
            let number = NumberOf(Path.GetFileName(path)[FolderPrefix.Length..])
            where number is not null
            orderby number
            select path];

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing or damaged, or holds elements of another type than <see cref="NamedTensor"/> takes.
    /// </exception>
    public static TestDataSet Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new(Read(folder, InputPrefix), Read(folder, OutputPrefix));
    }

    /// <summary>Writes the folder, whole or not at all; an older data set there is replaced.</summary>
    /// <exception cref="InvalidInputException">The folder exists and holds something else.</exception>
    public void Write(string folder) => AtomicFolder.Write(folder, IsReplaceable, temporary =>
    {
        Write(Inputs, temporary, InputPrefix);
        Write(Outputs, temporary, OutputPrefix);
    });

    [GeneratedRegex(@"\A(input|output)_[0-9]+\.pb\z")]
    private static partial Regex TensorFileName();

    // Replacing such a folder loses nothing else.
    private static bool IsReplaceable(string folder) =>
        File.Exists(Path.Combine(folder, InputFile(0)))
        && Directory.EnumerateFileSystemEntries(folder).All(entry => TensorFileName().IsMatch(Path.GetFileName(entry)));

    private static string FileName(string prefix, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}.pb");

    private static int? NumberOf(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // As many as there are files, so that a gap in their numbers is a file that is missing.
    private static List<NamedTensor> Read(string folder, string prefix)
    {
        var count = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"{prefix}*.pb").Count() : 0;
        var files = Enumerable.Range(0, Math.Max(count, 1)).Select(i => Path.Combine(folder, FileName(prefix, i)));
        return [.. files.Select(TensorFile.Read)];
    }

    private static void Write(IReadOnlyList<NamedTensor> tensors, string folder, string prefix)
    {
        foreach (var (index, tensor) in tensors.Index())
        {
            TensorFile.Write(tensor, Path.Combine(folder, FileName(prefix, index)));
        }
    }
}
