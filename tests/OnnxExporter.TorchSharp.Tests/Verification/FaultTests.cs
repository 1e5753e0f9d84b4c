using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Real faults are found among large values too, also beside a single one that dwarfs the others: the export composes a
/// second module, in which one thing is wrong.
/// </summary>
[TestFixture]
public sealed class FaultTests
{
    private const double Large = 1e4;
    private const float Huge = 1e9f;

    private static readonly string Never = Path.Combine(Path.GetTempPath(), $"never-written-{Guid.NewGuid():N}.onnx");

    private static readonly OnnxInput Row = new("x", ScalarType.Float32, ["batch", 64]);

    [Test]
    public void ExportOnnx_SwappedGates_Found([Values] bool besideAHugeValue, [Range(1, 3)] int seed)
    {
        random.manual_seed(seed);
        var (right, wrong) = (LSTM(6, 8, batchFirst: true), LSTM(6, 8, batchFirst: true));
        using (no_grad())
        {
            foreach (var (name, parameter) in right.named_parameters())
            {
                var gates = parameter.chunk(4);
                wrong.get_parameter(name)!.copy_(cat([gates[0], gates[1], gates[3], gates[2]]));
            }
        }

        AssertFound(
            x => right.call(x).Item1 * Large, (scope, x) => scope.Multiply(scope.Call(wrong, x), Large),
            besideAHugeValue, seed, new OnnxInput("x", ScalarType.Float32, ["batch", "steps", 6]));
    }

    [Test]
    public void ExportOnnx_OneWrongRow_Found([Values] bool besideAHugeValue, [Range(1, 3)] int seed) =>
        LinearFault(wrong => wrong.weight[7].normal_(0, 30), besideAHugeValue, seed);

    [Test]
    public void ExportOnnx_TransposedWeights_Found([Values] bool besideAHugeValue, [Range(1, 3)] int seed) =>
        LinearFault(wrong => wrong.weight.copy_(wrong.weight.t().clone()), besideAHugeValue, seed);

    [Test]
    public void ExportOnnx_MissingBias_Found([Values] bool besideAHugeValue, [Range(1, 3)] int seed) =>
        LinearFault(wrong => wrong.bias!.zero_(), besideAHugeValue, seed);

    [Test]
    public void ExportOnnx_WrongPadding_Found([Values] bool besideAHugeValue, [Range(1, 3)] int seed)
    {
        random.manual_seed(seed);
        var right = Conv2d(3, 8, 3, padding: 1);
        var wrong = Conv2d(3, 8, 3, padding: 1, padding_mode: global::TorchSharp.PaddingModes.Replicate);
        using (no_grad())
        {
            right.weight!.normal_(0, 30);
            wrong.weight!.copy_(right.weight);
            wrong.bias!.copy_(right.bias!);
        }

        AssertFound(
            right.call, (scope, x) => scope.Call(wrong, x), besideAHugeValue, seed,
            new OnnxInput("x", ScalarType.Float32, ["batch", 3, 12, 12]));
    }

    private static void LinearFault(Action<Linear> spoil, bool besideAHugeValue, int seed)
    {
        random.manual_seed(seed);
        var (right, wrong) = (Linear(64, 64), Linear(64, 64));
        using (no_grad())
        {
            right.weight.normal_(0, 30);
            right.bias!.normal_(0, 30);
            wrong.weight.copy_(right.weight);
            wrong.bias!.copy_(right.bias!);
            spoil(wrong);
        }

        AssertFound(right.call, (scope, x) => scope.Call(wrong, x), besideAHugeValue, seed, Row);
    }

    // The modules are no children, so that nothing but the output shows the fault.
    private static void AssertFound(
        Func<Tensor, Tensor> forward, Func<OnnxScope, OnnxValue, OnnxValue> export, bool besideAHugeValue, int seed,
        OnnxInput input)
    {
        using var module = new Reader(
            x => WithHuge(forward(x), besideAHugeValue),
            (scope, x) => besideAHugeValue ? WithHuge(scope, export(scope, x)) : export(scope, x));
        var error = Assert.Throws<OnnxMismatchException>(
            () => module.ExportOnnx(Never, new OnnxExportOptions { Seed = seed }, input), $"seed {seed}")!;
        Assert.That(error.ValueName, Is.EqualTo("output"));
        Assert.That(error.Message, Does.Contain("allowed").And.Contain("OnnxExportOptions.Tolerance"), $"seed {seed}");
    }

    // Adds to the last number of the last dimension alone.
    private static Tensor WithHuge(Tensor values, bool besideAHugeValue) =>
        besideAHugeValue ? values + Mask(values.shape[^1]) : values;

    private static OnnxValue WithHuge(OnnxScope scope, OnnxValue values) =>
        scope.Add(values, scope.Constant("huge", Mask(values.Shape[^1].Size!.Value)));

    private static Tensor Mask(long count)
    {
        var mask = zeros(count);
        mask[^1] = Huge;
        return mask;
    }
}
