using OnnxSentiment.Core;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Models;
using OnnxSentiment.OnnxExporter.Graph;
using OnnxSentiment.OnnxExporter.Internals;
using OnnxSentiment.OnnxExporter.Layers;
using OnnxSentiment.OnnxExporter.Proto;
using OnnxSentiment.OnnxExporter.Validation;
using static OnnxSentiment.OnnxExporter.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Turns a checkpoint into an ONNX model with weights, vocabulary and settings inside: of standard operators alone, except
/// for <see cref="Precision.Int8"/>. The same checkpoint and options give the same bytes on every machine. Thread-safe.
/// </summary>
public static class ClassifierExporter
{
    /// <summary>What exported files name as their producer.</summary>
    public const string ProducerName = "OnnxSentiment";

    private const string GraphName = "sentiment_classifier";

    private const string Description =
        "Text classifier. input_ids holds token ids, one text a row, padded with 0 at the end; probability is that of the second label.";

    /// <summary>
    /// Exports a model with the input <c>input_ids</c>, int64 <c>[batch, sequence]</c>, and the outputs <c>logit</c> and
    /// <c>probability</c>, float <c>[batch, 1]</c>.
    /// </summary>
    /// <param name="checkpoint">The trained model.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="InvalidInputException">An option is out of its range, or the precision does not suit the checkpoint.</exception>
    public static ModelProto Export(Checkpoint checkpoint, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        options = (options ?? new ExportOptions()).Validated();
        var opset = options.Opset;
        EightBit.CheckSupport(checkpoint.Config.Model, options.Precision);
        var metadata = ModelMetadata.Of(checkpoint) with { Precision = Precisions.NameOf(options.Precision) };
        var model = new ModelProto
        {
            IrVersion = Opset.IrVersion(opset),
            ProducerName = ProducerName,
            ProducerVersion = metadata.Version,
            DocString = Description,
            Graph = BuildGraph(checkpoint, opset),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Operators.StandardDomain, Version = opset });
        model.MetadataProps.AddRange(
            metadata.ToProperties().Select(property => new StringStringEntryProto { Key = property.Key, Value = property.Value }));
        return PrecisionRewriter.Apply(model, options.Precision, opset);
    }

    private static GraphProto BuildGraph(Checkpoint checkpoint, int opset)
    {
        var graph = new GraphBuilder(GraphName, opset);
        var ids = graph.Input(
            GraphNames.InputIds, DataType.Int64, GraphNames.BatchDimension, GraphNames.SequenceDimension);
        var padding = new Padding(graph, ids);
        var vectors = Embedding.Add(graph, "embedding", Tensor(checkpoint, WeightNames.Embedding), ids);
        var text = AddReadout(graph, checkpoint, vectors, padding);
        var logit = Linear.Add(
            graph, GraphNames.Logit, Tensor(checkpoint, WeightNames.Classifier), Tensor(checkpoint, WeightNames.ClassifierBias), text);
        var probability = graph.Sigmoid(GraphNames.Probability, logit);
        graph.Output(logit, DataType.Float, GraphNames.BatchDimension, 1);
        graph.Output(probability, DataType.Float, GraphNames.BatchDimension, 1);
        return ValueInfoWriter.AddTo(graph.Build(), opset);
    }

    private static string AddReadout(GraphBuilder graph, Checkpoint checkpoint, string vectors, Padding padding)
    {
        const string Name = "readout";
        var model = checkpoint.Config.Model;
        var x = vectors;
        for (var layer = 0; layer < model.Layers - 1; layer++)
        {
            x = Recurrent.AddAllStates(graph, LayerName(layer), RecurrentWeights.Of(checkpoint, layer), x, padding.Lengths);
        }

        var last = RecurrentWeights.Of(checkpoint, model.Layers - 1);
        return model.Readout switch
        {
            ReadoutKind.Last => Recurrent.AddLastState(graph, LayerName(model.Layers - 1), last, x, padding.Lengths),
            ReadoutKind.Max => Pooling.AddMax(graph, Name, States(), padding),
            ReadoutKind.Mean => Pooling.AddMean(graph, Name, States(), padding),
            ReadoutKind.MaxMean => Pooling.AddMaxMean(graph, Name, States(), padding),
            ReadoutKind.Attention => Attention.Add(graph, Name, AttentionOf(checkpoint), States(), padding),
            _ => throw new ArgumentOutOfRangeException(nameof(checkpoint), model.Readout, "Unknown readout."),
        };

        string States() => Recurrent.AddAllStates(graph, LayerName(model.Layers - 1), last, x, padding.Lengths);
    }

    private static string LayerName(int layer) => $"recurrent.{layer}";

    private static TensorProto Tensor(Checkpoint checkpoint, string name)
    {
        var tensor = checkpoint.Weights[name];
        return Tensors.Float(name, [.. tensor.Shape], tensor.AsFloats());
    }

    private static AttentionWeights AttentionOf(Checkpoint checkpoint) => new(
        checkpoint.Config.Model.OutputSize,
        checkpoint.Weights[WeightNames.AttentionProjection].AsFloats().ToArray(),
        checkpoint.Weights[WeightNames.AttentionProjectionBias].AsFloats().ToArray(),
        checkpoint.Weights[WeightNames.AttentionContext].AsFloats().ToArray());
}
