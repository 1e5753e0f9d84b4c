using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>What a file is compared on, and what is stored beside it.</summary>
internal abstract class FileProof
{
    /// <summary>The proof for the kind of input that a graph reads.</summary>
    internal static FileProof Of(ModelProto model, Checkpoint checkpoint) =>
        TextInputs.AreReadBy(model) ? new TextProof(checkpoint) : new TokenProof(checkpoint);

    /// <summary>What the graph reads.</summary>
    internal abstract InputKind Input { get; }

    /// <summary>Runs the file and the reference evaluator on the same seeded inputs.</summary>
    internal abstract ComparisonReport Compare(string file, CancellationToken cancellation);

    /// <summary>The data sets to store, computed by the reference evaluator.</summary>
    internal abstract IEnumerable<TestDataSet> DataSets();
}

/// <summary>For a graph that reads ids.</summary>
internal sealed class TokenProof(Checkpoint checkpoint) : FileProof
{
    internal override InputKind Input => InputKind.Ids;

    internal override ComparisonReport Compare(string file, CancellationToken cancellation)
    {
        using var model = SentimentModel.Load(file, new SentimentModelOptions { Device = Device.Cpu });
        return Compare(model, checkpoint, cancellation);
    }

    internal override IEnumerable<TestDataSet> DataSets() => TokenDataSet
        .Create(
            new ReferenceEvaluator(checkpoint).ToRunner(), VerifiedExport.Seed, checkpoint.Vocabulary.Count,
            checkpoint.Config.Text.MaximumLength)
        .Select(dataSet => dataSet.ToTensors());

    internal static ComparisonReport Compare(
        SentimentModel model, Checkpoint checkpoint, CancellationToken cancellation) =>
        OutputComparer.Compare(
            model.ToRunner(), new ReferenceEvaluator(checkpoint).ToRunner(),
            ParityInputs.Create(VerifiedExport.Seed, checkpoint.Vocabulary.Count, checkpoint.Config.Text.MaximumLength),
            model.Metadata.Precision, cancellation: cancellation)
            with
        { Inputs = $"random ids, seed {VerifiedExport.Seed}" };
}
