using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>Compares a file with the outputs of a folder of test data.</summary>
internal sealed class TestDataAgreement(LoadedModel model, string folder, AgreementOptions options)
{
    private readonly AgreementRun _run = new(
        model, "the stored outputs", ModelAgreement.ToleranceOf(options, model.Precision));

    internal AgreementReport Run(CheckReport head, CancellationToken cancellation)
    {
        foreach (var path in FoldersOf(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            Compare(path);
        }

        _run.RequireComparison();
        return new AgreementReport { Checks = head with { Checks = [.. _run.Checks] } };
    }

    /// <summary>Whether a folder is test data, or holds some.</summary>
    internal static bool IsTestData(string folder) => Find(folder).Count > 0;

    private static IReadOnlyList<string> Find(string folder) =>
        File.Exists(Path.Combine(folder, TestDataSet.InputFile(0))) ? [folder] : TestDataSet.Find(folder);

    private static IReadOnlyList<string> FoldersOf(string folder) => Find(folder) is { Count: > 0 } found
        ? found
        : throw new InvalidInputException(
            $"'{folder}' holds no test data: a folder with {TestDataSet.InputFile(0)} and " +
            $"{TestDataSet.OutputFile(0)} was expected, or one with folders {TestDataSet.FolderName(0)}, " +
            $"{TestDataSet.FolderName(1)} …");

    private void Compare(string path)
    {
        var (name, data) = (Path.GetFileName(Path.GetFullPath(path)), TestDataSet.Read(path));
        GivenTensor[] given = [.. data.Inputs.Select(
            (tensor, i) => GivenTensor.Of(tensor, Path.GetFileNameWithoutExtension(TestDataSet.InputFile(i))))];
        var inputs = new InputSet(name, InputFolder.Bind(model.Inputs, given, name, model.Name), []);
        NamedTensor[] expected = [.. data.Outputs.Select((tensor, i) =>
            tensor.Name.Length > 0 ? tensor : new NamedTensor($"output {i}", tensor.Shape, tensor.Values))];
        try
        {
            _run.Compare(inputs, expected, OutputPairs.Match(model.Outputs, [.. expected.Select(o => o.Name)]));
        }
        catch (NotSupportedException e)
        {
            throw new InvalidInputException(e.Message, e);
        }
    }
}
