using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// Inputs that the caller gives as files, a tensor each: <c>.npy</c> named after the input, <c>.pb</c> with its name
/// inside, or either numbered as <c>input_0</c>, <c>input_1</c>. A folder is one set of inputs, or holds folders that
/// are.
/// </summary>
internal static partial class InputFolder
{
    /// <summary>The sets, each as what its files hold.</summary>
    /// <exception cref="InvalidInputException">There is no such file, or one is damaged.</exception>
    internal static IReadOnlyList<(string Name, IReadOnlyList<GivenTensor> Tensors)> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException(
                $"There is no folder '{folder}'; one with inputs was expected, a .npy or .pb file each.");
        }

        string[] folders = FilesOf(folder).Length > 0
            ? [folder]
            : [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        var sets = folders.Select(path => (Path: path, Files: FilesOf(path))).Where(set => set.Files.Length > 0)
            .Select(set => (Path.GetFileName(Path.GetFullPath(set.Path)),
                (IReadOnlyList<GivenTensor>)[.. set.Files.Select(GivenTensor.Read)])).ToList();
        return sets.Count > 0
            ? sets
            : throw new InvalidInputException(
                $"'{folder}' holds no inputs, nor do its folders; .npy files named after the inputs, or input_0.pb, " +
                "input_1.pb … were expected.");
    }

    /// <summary>Gives each input of a file its tensor.</summary>
    /// <exception cref="InvalidInputException">One is missing, or its elements do not suit.</exception>
    internal static IReadOnlyList<NamedTensor> Bind(
        IReadOnlyList<GraphInput> inputs, IReadOnlyList<GivenTensor> given, string set, string file) =>
        [.. inputs.Select((input, position) => Bind(input, Find(input, position, given, set, file), set, file))];

    private static NamedTensor Find(
        GraphInput input, int position, IReadOnlyList<GivenTensor> given, string set, string file) =>
        (given.FirstOrDefault(tensor => tensor.IsNamed(input.Name))
            ?? given.FirstOrDefault(tensor => tensor.Position == position))?.Tensor
        ?? throw new InvalidInputException(
            $"The inputs '{set}' have none for {input} of {file}: add {FileName(input.Name)}.npy or " +
            $"{TestDataSet.InputFile(position)}.");

    private static NamedTensor Bind(GraphInput input, NamedTensor tensor, string set, string file)
    {
        // Whole numbers pass as real ones, but not the other way round.
        var suits = (tensor.TypeName == "string") == (input.Element == DataType.String)
            && (tensor.IsExact || TensorValues.IsReal(input.Element));
        return suits
            ? TensorValues.Convert(tensor, input.Name, input.Element)
            : throw new InvalidInputException(
                $"The inputs '{set}' give {tensor.TypeName} [{string.Join(", ", tensor.Shape)}] for {input} of " +
                $"{file}; give {GraphInput.NameOf(input.Element)}.");
    }

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(folder).Where(file => InputFile().IsMatch(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)];

    /// <summary>A name that every file system takes.</summary>
    internal static string FileName(string input) => Unfit().Replace(input, "_");

    [GeneratedRegex(@"\A(?!output_[0-9]+\.).*\.(npy|pb)\z")]
    private static partial Regex InputFile();

    [GeneratedRegex(@"[^A-Za-z0-9_.-]")]
    private static partial Regex Unfit();
}

/// <summary>A tensor from a file.</summary>
/// <param name="Tensor">Its values.</param>
/// <param name="Names">The names by which inputs find it.</param>
/// <param name="Position">The position in the file's name; null where it has none.</param>
internal sealed partial record GivenTensor(NamedTensor Tensor, IReadOnlyList<string> Names, int? Position)
{
    internal bool IsNamed(string input) => Names.Contains(input) || Names.Contains(InputFolder.FileName(input));

    internal static GivenTensor Read(string path)
    {
        var tensor = path.EndsWith(".npy", StringComparison.Ordinal) ? NpyFile.Read(path) : TensorFile.Read(path);
        return Of(tensor, Path.GetFileNameWithoutExtension(path));
    }

    internal static GivenTensor Of(NamedTensor tensor, string fileName)
    {
        var match = Numbered().Match(fileName);
        return new(
            tensor, [.. ((string[])[tensor.Name, fileName]).Where(name => name.Length > 0)],
            match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null);
    }

    [GeneratedRegex(@"\Ainput_([0-9]{1,6})\z")]
    private static partial Regex Numbered();
}
