using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// Attention, encoders with masks and the bilinear layer: modules of several inputs, against TorchSharp.
/// </summary>
[TestFixture]
public sealed class AttentionParityTests
{
    private const int Seed = 40;
    private const int Size = 8;
    private const double Tolerance = 1e-5;

    private static readonly OnnxExportOptions Verified = new() { Verification = Verification.Required };
    private static readonly (long Target, long Source, long Batch)[] Sizes = [(1, 1, 1), (3, 5, 2), (6, 2, 4)];

    [Test]
    public void ExportOnnx_Attention_AllOutputsAreTheModules(
        [Values(1, 2, 4, 8)] long heads, [Values] bool bias, [Values] bool ownSize, [Values] Masks masks)
    {
        random.manual_seed(Seed);
        // libtorch asserts that keys and values have the same size.
        var source = ownSize ? 5L : Size;
        using var attention = RandomWeights.Fill(MultiheadAttention(
            Size, heads, 0.1, bias, kdim: ownSize ? source : null, vdim: ownSize ? source : null));
        using var file = new TemporaryFile();
        attention.ExportOnnx(
            file.Path, Verified,
            [
                new("query", ScalarType.Float32, ["target", "batch", Size]),
                new("key", ScalarType.Float32, ["source", "batch", source]),
                new("value", ScalarType.Float32, ["source", "batch", source]),
                .. MaskInputs(masks),
            ]);

        attention.eval();
        using var session = new PlainSession(file.Path);
        foreach (var (target, keys, batch) in Sizes)
        {
            using var scope = NewDisposeScope();
            var (q, k, v) = (randn(target, batch, Size), randn(keys, batch, source), randn(keys, batch, source));
            var padding = masks is Masks.Padding or Masks.Both ? Mask(batch, keys) : null;
            var scores = masks is Masks.Scores or Masks.Both ? Blocked(target, keys) : null;
            var (expected, shares) = attention.call(q, k, v, padding!, true, scores!);
            var actual = session.Run([.. ((Tensor?[])[q, k, v, padding, scores]).OfType<Tensor>()]);
            Assert.That(Differences.Largest(actual[0], expected), Is.LessThanOrEqualTo(Tolerance), $"seed {Seed}");
            Assert.That(Differences.Largest(actual[1], shares), Is.LessThanOrEqualTo(Tolerance), $"seed {Seed}");
        }
    }

    [Test]
    public void ExportOnnx_EncoderWithMasks_ComputesTheSame(
        [Values] bool layerAlone, [Values] nn.Activations activation)
    {
        random.manual_seed(Seed);
        using var layer = RandomWeights.Fill(TransformerEncoderLayer(Size, 2, 12, 0.1, activation));
        using var encoder = RandomWeights.Fill(TransformerEncoder(layer, 2));
        using var file = new TemporaryFile();
        (layerAlone ? layer : (nn.Module)encoder).ExportOnnx(
            file.Path, Verified,
            new OnnxInput("x", ScalarType.Float32, ["sequence", "batch", Size]),
            new OnnxInput("src_mask", ScalarType.Float32, ["sequence", "sequence"]),
            new OnnxInput("src_key_padding_mask", ScalarType.Bool, ["batch", "sequence"]));

        layer.eval();
        encoder.eval();
        using var session = new PlainSession(file.Path);
        foreach (var (steps, _, batch) in Sizes)
        {
            using var scope = NewDisposeScope();
            var (x, mask, padding) = (randn(steps, batch, Size), Blocked(steps, steps), Mask(batch, steps));
            var expected = layerAlone ? layer.call(x, mask, padding) : encoder.call(x, mask, padding);
            var difference = Differences.Largest(session.Run(x, mask, padding)[0], expected);
            Assert.That(difference, Is.LessThanOrEqualTo(Tolerance), $"seed {Seed}");
        }
    }

    [Test]
    public void ExportOnnx_Bilinear_ComputesTheSame([Values] bool bias)
    {
        random.manual_seed(Seed);
        using var bilinear = RandomWeights.Fill(Bilinear(3, 4, 5, bias));
        using var file = new TemporaryFile();
        bilinear.ExportOnnx(
            file.Path, Verified,
            new OnnxInput("a", ScalarType.Float32, ["batch", 3]), new OnnxInput("b", ScalarType.Float32, ["batch", 4]));

        using var session = new PlainSession(file.Path);
        foreach (var batch in (long[])[1, 6])
        {
            var (a, b) = (randn(batch, 3), randn(batch, 4));
            var difference = Differences.Largest(session.Run(a, b)[0], bilinear.call(a, b));
            Assert.That(difference, Is.LessThanOrEqualTo(Tolerance), $"seed {Seed}");
        }
    }

    public enum Masks
    {
        None,
        Padding,
        Scores,
        Both,
    }

    [Test]
    public void ExportOnnx_BooleanScoreMask_RefusedWithTheReason()
    {
        using var layer = TransformerEncoderLayer(Size, 2, 12);
        Assert.That(
            () => layer.ExportOnnx(
                "never.onnx",
                new OnnxInput("x", ScalarType.Float32, ["sequence", "batch", Size]),
                new OnnxInput("src_mask", ScalarType.Bool, ["sequence", "sequence"])),
            Throws.TypeOf<OnnxExportException>().With.Message.Contains("a Bool would only add 1"));
    }

    [Test]
    public void Call_BooleanScoreMaskInTorchSharp_OnlyAddsOne()
    {
        using var attention = MultiheadAttention(Size, 2);
        attention.eval();
        var (x, mask) = (randn(3, 1, Size), Mask(3, 3));
        var (asBool, _) = attention.call(x, x, x, null!, true, mask);
        var (asNumber, _) = attention.call(x, x, x, null!, true, mask.to(ScalarType.Float32));
        Assert.That(Differences.Largest(asBool, asNumber), Is.Zero, "libtorch has learned Boolean masks: support them");
    }

    private static IEnumerable<OnnxInput> MaskInputs(Masks masks)
    {
        if (masks is Masks.Padding or Masks.Both)
        {
            yield return new("key_padding_mask", ScalarType.Bool, ["batch", "source"]);
        }

        if (masks is Masks.Scores or Masks.Both)
        {
            yield return new("attn_mask", ScalarType.Float32, ["target", "source"]);
        }
    }

    private static Tensor Blocked(long rows, long columns) =>
        randn(rows, columns).masked_fill(Mask(rows, columns), float.NegativeInfinity);

    // Nobody looks at nothing: the first key is open to all.
    private static Tensor Mask(long rows, long columns)
    {
        var mask = rand(rows, columns).lt(0.4);
        mask[.., 0] = tensor(false);
        return mask;
    }
}
