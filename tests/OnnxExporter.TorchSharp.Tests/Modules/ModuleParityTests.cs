using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Every module with one input and every option: exported once, run by ONNX Runtime at several shapes, compared with
/// TorchSharp.
/// </summary>
[TestFixture]
public sealed class ModuleParityTests
{
    private const int Seed = 20;

    private static IEnumerable<TestCaseData> Cases() => ModuleCases.All.Select(c => c.ToTestCase());

    private static IEnumerable<TestCaseData> CasesOfOtherOpsets() =>
        from opset in (int[])[Opset.Minimum, Opset.Maximum]
        from c in ModuleCases.All
        select new TestCaseData(c, opset).SetArgDisplayNames(c.Name, $"{opset}");

    [TestCaseSource(nameof(Cases))]
    public void ExportOnnx_EveryModuleAndOption_ComputesTheSame(object c) =>
        Compare((ModuleCase)c, new OnnxExportOptions { Verification = Verification.Required }, ((ModuleCase)c).Sizes);

    [TestCaseSource(nameof(CasesOfOtherOpsets))]
    public void ExportOnnx_EveryModuleAtOtherOpsets_ComputesTheSame(object c, int opset) =>
        Compare(
            (ModuleCase)c,
            new OnnxExportOptions { Verification = Verification.Off, Opset = opset },
            ((ModuleCase)c).Sizes[^1..]);

    private static void Compare(ModuleCase c, OnnxExportOptions options, long[][] shapes)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(Seed);
        using var module = RandomWeights.Fill(c.Create());
        using var file = new TemporaryFile();
        var type = c.LargestId is null ? ScalarType.Float32 : ScalarType.Int64;
        var report = module.ExportOnnx(file.Path, options, new OnnxInput("x", type, c.Shape));
        Assert.That(report.IsVerified, Is.EqualTo(options.Verification != Verification.Off));
        Assert.That(module.training, "the mode is put back");

        module.eval();
        using var session = new PlainSession(file.Path);
        foreach (var shape in shapes)
        {
            var x = c.Input(shape);
            var (expected, actual) = (module.call(x), session.Run(x)[0]);
            var place = $"{c.Name} at [{string.Join(", ", shape)}], seed {Seed}";
            Assert.That(actual.shape, Is.EqualTo(expected.shape), place);
            Assert.That(Differences.Largest(actual, expected), Is.LessThanOrEqualTo(c.Tolerance), place);
        }
    }
}
