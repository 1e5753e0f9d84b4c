using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Writes what Triton wants to know of a model, as a <c>ModelConfig</c> in protobuf's text format
/// (https://github.com/triton-inference-server/common, protobuf/model_config.proto). Stateless and thread-safe.
/// </summary>
public static class TritonConfig
{
    /// <summary>The file of class names beside the description.</summary>
    public const string LabelsFile = "labels.txt";

    /// <summary>Describes a graph whose tensors all begin with the batch dimension.</summary>
    /// <param name="name">The model's name, which has to be that of its folder.</param>
    /// <param name="graph">The model's graph.</param>
    /// <exception cref="InvalidInputException">A tensor is of a type that has no description.</exception>
    public static string Of(string name, GraphProto graph) => $$"""
    # Written by onnx-sentiment export --triton.
    name: "{{name}}"
    platform: "onnxruntime_onnx"

    # Texts that one run computes at most. Every tensor begins with their number, which dims leave out.
    max_batch_size: 256

    input [
    {{Tensors(graph.Input)}}
    ]

    output [
    {{Tensors(graph.Output)}}
    ]

    version_policy { latest { num_versions: 1 } }

    # Requests of several clients are computed together where their shapes are equal. Token ids therefore share a run if
    # clients pad them to common lengths, with 0 on the right, which changes no prediction.
    dynamic_batching {
      default_queue_policy {
        timeout_action: REJECT
        default_timeout_microseconds: 10000000
        allow_timeout_override: true
        max_queue_size: 1024
      }
    }

    # On every GPU if there is one, else on the processor.
    instance_group [ { kind: KIND_AUTO count: 1 } ]

    """;

    /// <summary>
    /// The class names, a line each, of what the output <c>probability</c> counts: of two, the second alone.
    /// </summary>
    public static string Labels(IReadOnlyList<string> labels) =>
        string.Concat((labels.Count == LabelScores.MinimumLabels ? labels.Skip(1) : labels)
            .Select(label => $"{label}\n"));

    private static string Tensors(IEnumerable<ValueInfoProto> values) => string.Join(",\n", values.Select(Tensor));

    private static string Tensor(ValueInfoProto value)
    {
        var type = value.Type.TensorType;
        var lines = new List<string>
        {
            $"name: \"{value.Name}\"",
            $"data_type: {TypeOf(value.Name, (DataType)type.ElemType)}",
            Dimensions([.. type.Shape.Dim.Skip(1)
                .Select(dimension => dimension.HasDimValue ? dimension.DimValue : -1)]),
        };
        if (value.Name == GraphNames.Probability)
        {
            lines.Add($"label_filename: \"{LabelsFile}\"");
        }

        return $"  {{\n{string.Concat(lines.Select(line => $"    {line}\n"))}  }}";
    }

    // Without the batch a list of texts has no dimension left, which Triton does not allow: clients send a column.
    private static string Dimensions(long[] dimensions) =>
        dimensions.Length > 0
            ? $"dims: [ {string.Join(", ", dimensions)} ]"
            : "dims: [ 1 ]\n    reshape { shape: [ ] }";

    private static string TypeOf(string name, DataType type) => type switch
    {
        DataType.Int64 => "TYPE_INT64",
        DataType.Float => "TYPE_FP32",
        DataType.String => "TYPE_STRING",
        _ => throw new InvalidInputException($"The tensor '{name}' is of {type}, for which there is no description."),
    };
}
