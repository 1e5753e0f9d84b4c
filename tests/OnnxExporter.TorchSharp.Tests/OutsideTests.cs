using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>What a file does where the module refuses: the table of docs/torchsharp-modules.md.</summary>
[TestFixture]
public sealed class OutsideTests
{
    private const long Count = 4;

    private static readonly OnnxInput Ids = new("ids", ScalarType.Int64, ["batch", "sequence"]);

    [TestCase(-1, 3)]
    [TestCase(-2, 2)]
    public void Run_IdBelowZero_CountsFromTheEnd(long id, long row)
    {
        using var embedding = Embedding(Count, 2);
        using var session = Exported(embedding, Ids);
        Assert.That(() => embedding.call(tensor(new[] { id }).reshape(1, 1)), Throws.TypeOf<ExternalException>());
        var vector = session.Run(tensor(new[] { id }).reshape(1, 1))[0].flatten();
        Assert.That(vector.equal(embedding.weight![row]).all().item<bool>());
    }

    [Test]
    public void Run_IdBeyondTheVectors_Refused()
    {
        using var embedding = Embedding(Count, 2);
        using var session = Exported(embedding, Ids);
        var ids = tensor(new[] { Count }).reshape(1, 1);
        Assert.That(() => embedding.call(ids), Throws.TypeOf<ExternalException>());
        Assert.That(() => session.Run(ids), Throws.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void Run_LengthOfZero_StatesAreZero([Values] bool hasFirstStates)
    {
        OnnxInput state = new("h_0", ScalarType.Float32, [2, "batch", 3]);
        OnnxInput[] states = hasFirstStates ? [state, state with { Name = "c_0" }] : [];
        using var lstm = LSTM(2, 3, batchFirst: true, bidirectional: true);
        using var session = Exported(
            lstm,
            [
                new("x", ScalarType.Float32, ["batch", "sequence", 2]), .. states,
                new("lengths", ScalarType.Int64, ["batch"]),
            ]);
        var (x, lengths) = (randn(2, 4, 2), tensor(new[] { 4L, 0 }));
        var outputs = session.Run([x, .. states.Select(_ => randn(2, 2, 3)), lengths]);
        Assert.That(
            () => nn.utils.rnn.pack_padded_sequence(x, lengths, true, false), Throws.TypeOf<ExternalException>());
        Assert.That(Largest(outputs[0][1]), Is.Zero);
        Assert.That(Largest(outputs[1].select(1, 1)), Is.Zero);
        Assert.That(Largest(outputs[2].select(1, 1)), Is.Zero);
        Assert.That(Largest(outputs[1].select(1, 0)), Is.Not.Zero);
    }

    [Test]
    public void Run_LengthBeyondTheSequence_Refused()
    {
        using var lstm = LSTM(2, 3, batchFirst: true);
        using var session = Exported(
            lstm,
            new("x", ScalarType.Float32, ["batch", "sequence", 2]), new("lengths", ScalarType.Int64, ["batch"]));
        Assert.That(() => session.Run(randn(1, 4, 2), tensor(new[] { 5L })), Throws.TypeOf<OnnxRuntimeException>());
    }

    [TestCase(EmbeddingBagMode.Sum, 0)]
    [TestCase(EmbeddingBagMode.Mean, 0)]
    [TestCase(EmbeddingBagMode.Max, double.NegativeInfinity)]
    public void Run_BagWithoutIds_IsFilled(EmbeddingBagMode mode, double value)
    {
        using var bag = EmbeddingBag(Count, 2, mode: mode);
        using var session = Exported(bag, Ids);
        var nothing = zeros(2, 0, ScalarType.Int64);
        Assert.That(() => bag.call(nothing), Throws.TypeOf<ExternalException>());
        Assert.That(session.Run(nothing)[0].data<float>().ToArray(), Is.EqualTo(Enumerable.Repeat((float)value, 4)));
    }

    private static PlainSession Exported(nn.Module module, params OnnxInput[] inputs)
    {
        using var file = new TemporaryFile();
        module.ExportOnnx(file.Path, inputs);
        return new(file.Path);
    }

    private static float Largest(Tensor x) => x.abs().max().item<float>();
}
