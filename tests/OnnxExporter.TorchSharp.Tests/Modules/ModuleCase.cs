using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>A module with some options, exported once and run at several shapes.</summary>
/// <param name="Name">Module and options.</param>
/// <param name="Create">Makes the module; its weights are made random afterwards.</param>
/// <param name="Shape">The shape of its only input.</param>
/// <param name="Sizes">The sizes to run at.</param>
internal sealed record ModuleCase(
    string Name, Func<nn.Module<Tensor, Tensor>> Create, Dimension[] Shape, long[][] Sizes)
{
    /// <summary>The largest id, both included, where the input holds ids; else the input is normal numbers.</summary>
    public long? LargestId { get; init; }

    /// <summary>How far the file may be from the module.</summary>
    public double Tolerance { get; init; } = 1e-5;

    public TestCaseData ToTestCase() => new TestCaseData(this).SetArgDisplayNames(Name);

    public Tensor Input(long[] sizes) => LargestId is { } largest ? randint(0, largest + 1, sizes) : randn(sizes);

    public override string ToString() => Name;
}
