using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Follows types and shapes while a graph grows, by the same rules as <see cref="TypeInference"/>.</summary>
internal sealed class TypeTracker(int opset)
{
    private readonly Dictionary<string, TensorType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);

    /// <summary>What is known of a value, or null.</summary>
    internal TensorType? Of(string value) => _types.GetValueOrDefault(value);

    internal void Declare(string input, TensorType type) => _types[input] = type;

    internal void Declare(TensorProto constant)
    {
        _constants[constant.Name] = constant;
        _types[constant.Name] = new TensorType((DataType)constant.DataType, [.. constant.Dims.Select(size => (Dimension)size)]);
    }

    /// <summary>Takes a node in; what its rule cannot know stays unknown.</summary>
    /// <exception cref="InvalidInputException">The node's inputs do not suit its operator.</exception>
    internal void Follow(NodeProto node)
    {
        var problems = new ProblemList();
        var context = new NodeContext(node, $"node '{node.Name}' ({node.OpType})", _types, _constants, problems);
        OperatorSchemas.Find(node.OpType, opset)?.Infer(context);
        if (problems.ToReport().Problems is [var first, ..])
        {
            throw new InvalidInputException($"The graph would not be sound: {first.Message}");
        }
    }
}
