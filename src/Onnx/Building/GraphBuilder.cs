using System.Globalization;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Collects nodes, constants, inputs and outputs of one graph in the order in which they are added. Values are known by
/// their names, which whoever adds them chooses: the same calls make the same graph, byte by byte. Every value has to
/// exist before a node uses it, so that the nodes are sorted by construction. Types and shapes are followed from node to
/// node, so that a layer can ask for those of its input, and a node that does not fit is refused where it is added.
/// Not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    private readonly GraphProto _graph;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
    private readonly TypeTracker _types;

    /// <summary>Begins an empty graph.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="opset">The operator set to write in.</param>
    /// <exception cref="Core.InvalidInputException">The opset is not supported.</exception>
    public GraphBuilder(string name, int opset)
    {
        Opset = Onnx.Opset.Validated(opset);
        _graph = new GraphProto { Name = name };
        _types = new TypeTracker(opset);
    }

    /// <summary>The operator set: operators whose signature changed ask for it.</summary>
    public int Opset { get; }

    /// <summary>Declares an input and returns its name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Input(string name, DataType type, params ReadOnlySpan<Dimension> shape)
    {
        Define(name);
        _graph.Input.Add(ValueInfos.Create(name, type, shape));
        _types.Declare(name, new TensorType(type, [.. shape]));
        return name;
    }

    /// <summary>Declares a value that exists as an output.</summary>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public void Output(string name, DataType type, params ReadOnlySpan<Dimension> shape)
    {
        CheckExists(name, "the graph's outputs");
        _graph.Output.Add(ValueInfos.Create(name, type, shape));
    }

    /// <summary>The type of a value's elements, or null where it is not known.</summary>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public DataType? ElementOf(string value)
    {
        CheckExists(value, "a question about its elements");
        return _types.Of(value)?.Element;
    }

    /// <summary>The dimensions of a value, or null where even their number is not known.</summary>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public IReadOnlyList<Dimension>? ShapeOf(string value)
    {
        CheckExists(value, "a question about its shape");
        return _types.Of(value)?.Shape;
    }

    /// <summary>Adds a constant under its own name and returns that.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Initializer(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Define(tensor.Name);
        _graph.Initializer.Add(tensor);
        _types.Declare(tensor);
        return tensor.Name;
    }

    /// <summary>A list of int64 values, named after its contents and stored once however often it is asked for.</summary>
    public string Constant(params ReadOnlySpan<long> values) =>
        Shared(Tensors.Int64($"const.int64[{string.Join(',', values.ToArray())}]", [values.Length], values));

    /// <summary>One int64 value without dimensions, stored once however often it is asked for.</summary>
    public string Scalar(long value) => Shared(Tensors.Int64($"const.int64.{value}", [], [value]));

    /// <summary>One float value without dimensions, stored once however often it is asked for.</summary>
    public string Scalar(float value) => Shared(Tensors.Float(
        string.Create(CultureInfo.InvariantCulture, $"const.float.{value:R}"), [], [value]));

    /// <summary>One value of double precision without dimensions, stored once however often it is asked for.</summary>
    public string Scalar(double value) => Shared(Tensors.Double(
        string.Create(CultureInfo.InvariantCulture, $"const.double.{value:R}"), [], [value]));

    /// <summary>Adds a node with one output, which bears the node's name.</summary>
    /// <exception cref="ArgumentException">The name is taken, or an input does not exist.</exception>
    public string Add(string name, string op, string[] inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Add(name, op, inputs, [name], attributes)[0];

    /// <summary>Adds a node.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="op">One of <see cref="Operators"/>.</param>
    /// <param name="inputs">Names of values; empty where an optional input is left out.</param>
    /// <param name="outputs">Names of new values; empty where an optional output is left out.</param>
    /// <param name="attributes">The attributes in the order in which they are to be written.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ArgumentException">A name is taken, or an input does not exist.</exception>
    /// <exception cref="Core.InvalidInputException">Types or shapes of the inputs do not suit the operator.</exception>
    public string[] Add(
        string name, string op, string[] inputs, string[] outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = name, OpType = op };
        if (!_nodes.Add(name))
        {
            throw new ArgumentException($"There is already a node '{name}'.", nameof(name));
        }

        foreach (var input in inputs.Where(input => input.Length > 0))
        {
            CheckExists(input, $"node '{name}'");
        }

        foreach (var output in outputs.Where(output => output.Length > 0))
        {
            Define(output);
        }

        if (Domains.Of(op) is { Length: > 0 } domain)
        {
            node.Domain = domain;
        }

        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.ToArray());
        _types.Follow(node);
        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>The graph as it stands; later additions do not change it.</summary>
    public GraphProto Build() => _graph.Clone();

    private string Shared(TensorProto constant)
    {
        if (_constants.Add(constant.Name))
        {
            Initializer(constant);
        }

        return constant.Name;
    }

    private void Define(string value)
    {
        if (!_values.Add(value))
        {
            throw new ArgumentException($"There is already a value '{value}'.", nameof(value));
        }
    }

    private void CheckExists(string value, string user)
    {
        if (!_values.Contains(value))
        {
            throw new ArgumentException(
                $"There is no value '{value}' yet for {user}; add what computes it first.", nameof(value));
        }
    }
}
