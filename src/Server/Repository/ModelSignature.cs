using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>A tensor that a model takes or gives; -1 stands for any length.</summary>
internal sealed record TensorSignature(string Name, string Datatype, IReadOnlyList<long> Shape);

/// <summary>
/// What a model looks like from outside. To a file that reads token ids the server adds the input <c>text</c> and the
/// output <c>label</c>, and a request gives one of the two inputs; a file that reads texts has both itself.
/// </summary>
internal sealed class ModelSignature(SentimentModel model)
{
    public const string Int64 = "INT64";
    public const string Float = "FP32";
    public const string Bytes = "BYTES";

    /// <summary>How Triton names ONNX Runtime's models.</summary>
    public const string Platform = "onnxruntime_onnx";

    public IReadOnlyList<TensorSignature> Inputs { get; } = model.InputKind == InputKind.Text
        ? [new(GraphNames.Text, Bytes, [-1])]
        : [new(GraphNames.InputIds, Int64, [-1, -1]), new(GraphNames.Text, Bytes, [-1])];

    public IReadOnlyList<TensorSignature> Outputs { get; } =
    [
        new(GraphNames.Logit, Float, [-1, model.LogitCount]),
        new(GraphNames.Probability, Float, [-1, model.LogitCount]),
        new(GraphNames.Label, Bytes, [-1]),
    ];
}
