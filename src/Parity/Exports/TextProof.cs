using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>For a graph that reads texts: compared from the text on.</summary>
internal sealed class TextProof(Checkpoint checkpoint) : FileProof
{
    private readonly Runner _reference = new ReferenceEvaluator(checkpoint).ToRunner();

    private readonly IReadOnlyList<NamedTexts> _inputs =
        TextInputs.Create(VerifiedExport.Seed, checkpoint.Config.Text, checkpoint.Vocabulary);

    internal override InputKind Input => InputKind.Text;

    internal override ComparisonReport Compare(string file, CancellationToken cancellation)
    {
        using var model = SentimentModel.Load(file, new SentimentModelOptions { Device = Device.Cpu });
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        return new TextComparison(model, encoder, checkpoint.Config.Labels).Run(_reference, _inputs, cancellation)
            with
        { Inputs = $"random texts, seed {VerifiedExport.Seed}" };
    }

    internal override IEnumerable<TestDataSet> DataSets() =>
        TextDataSet.Create(_reference, _inputs, checkpoint).Select(dataSet => dataSet.ToTensors());
}
