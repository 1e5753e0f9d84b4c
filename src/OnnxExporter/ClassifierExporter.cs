using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Turns a checkpoint into an ONNX model with weights, vocabulary and settings inside: of standard operators alone,
/// except for <see cref="Precision.Int8"/> and <see cref="InputKind.Text"/>. The same checkpoint and options give the
/// same bytes on every machine. Thread-safe.
/// </summary>
public static class ClassifierExporter
{
    private const string GraphName = "sentiment_classifier";

    private const string IdsDescription =
        "Text classifier. input_ids holds token ids, one text a row, padded with 0 " +
        "at the end";
    private const string TextDescription = "Text classifier. text holds one text each";

    /// <summary>
    /// Exports a model with the input <c>input_ids</c>, int64 <c>[batch, sequence]</c>, or <c>text</c>, string
    /// <c>[batch]</c>, and the outputs <c>logit</c> and <c>probability</c>, float <c>[batch, 1]</c> for two labels and
    /// <c>[batch, labels]</c> for more; with texts as input <c>label</c> too, string <c>[batch]</c>, as the first
    /// output.
    /// </summary>
    /// <param name="checkpoint">The trained model.</param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <exception cref="InvalidInputException">
    /// An option is out of its range, or the precision does not suit the checkpoint.
    /// </exception>
    public static ModelProto Export(Checkpoint checkpoint, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        options = (options ?? new ExportOptions()).Validated();
        EightBit.CheckSupport(checkpoint.Config.Model, options.Precision);
        var metadata = ModelMetadata.Of(checkpoint) with { Precision = options.Precision };
        var graph = BuildGraph(checkpoint, options);
        var description = Describe(options.Input, checkpoint.Config.Labels.Count);
        var model = options.Precision == Precision.Float32
            ? Models.Create(graph, metadata.Version, description)
            : Models.Create(
                PrecisionRewriter.Apply(graph.Build(), options.Precision),
                options.Opset, metadata.Version, description);
        model.MetadataProps.AddRange(metadata.ToProperties().Select(
            property => new StringStringEntryProto { Key = property.Key, Value = property.Value }));
        return model;
    }

    private static string Describe(InputKind input, int labels) => (input, LabelScores.LogitCount(labels)) switch
    {
        (InputKind.Text, 1) => $"{TextDescription}; probability is that of the second label, label the more probable " +
            "one.",
        (InputKind.Text, _) => $"{TextDescription}; probability has a column for each label, label is the most " +
            "probable one.",
        (_, 1) => $"{IdsDescription}; probability is that of the second label.",
        _ => $"{IdsDescription}; probability has a column for each label.",
    };

    private static GraphBuilder BuildGraph(Checkpoint checkpoint, ExportOptions options)
    {
        var graph = new GraphBuilder(GraphName, Operators.At(options.Opset));
        var ids = options.Input == InputKind.Text
            ? TextInput.Add(graph, checkpoint.Config.Text, checkpoint.Vocabulary)
            : graph.Input(GraphNames.InputIds, DataType.Int64, GraphNames.BatchDimension, GraphNames.SequenceDimension);
        var padding = new PaddingMask(graph, ids);
        var vectors = EmbeddingLayer.AddTimeFirst(graph, "embedding", Tensor(checkpoint, WeightNames.Embedding), ids);
        var text = checkpoint.Config.Model.IsRecurrent
            ? AddReadout(graph, checkpoint, vectors, padding)
            : Bag.Add(graph, "hidden", Tensor(checkpoint, WeightNames.HiddenBias), vectors, padding);
        var logit = LinearLayer.Add(
            graph, GraphNames.Logit,
            Tensor(checkpoint, WeightNames.Classifier), Tensor(checkpoint, WeightNames.ClassifierBias), text);
        var outputs = LabelScores.LogitCount(checkpoint.Config.Labels.Count);
        var probability = Probabilities.Add(graph, logit, outputs);
        if (options.Input == InputKind.Text)
        {
            LabelOutput.Add(graph, probability, checkpoint.Config.Labels);
        }

        graph.Output(logit, DataType.Float, GraphNames.BatchDimension, outputs);
        graph.Output(probability, DataType.Float, GraphNames.BatchDimension, outputs);
        return graph;
    }

    private static string AddReadout(GraphBuilder graph, Checkpoint checkpoint, string vectors, PaddingMask padding)
    {
        const string Name = "readout";
        var model = checkpoint.Config.Model;
        var x = vectors;
        for (var layer = 0; layer < model.Layers - 1; layer++)
        {
            var weights = RecurrentWeights.Of(checkpoint, layer);
            x = Recurrent.AddAllStates(graph, LayerName(layer), weights, x, padding.Lengths);
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
