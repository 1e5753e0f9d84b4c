using System.Globalization;
using System.Security.Cryptography;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Collects nodes, constants, inputs and outputs of one graph in the order in which they are added. Values are known by
/// their names, which whoever adds them chooses: the same calls make the same graph, byte by byte. Every value has to
/// exist before a node uses it, so that the nodes are sorted by construction. Types and shapes are followed from node
/// to node, so that a layer can ask for those of its input, and a node that does not fit is refused where it is added.
/// Not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    private readonly GraphProto _graph;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);

    /// <summary>Begins an empty graph.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="operators">What its nodes can be: of the opset to write in.</param>
    public GraphBuilder(string name, OperatorSet operators)
    {
        ArgumentNullException.ThrowIfNull(operators);
        _graph = new GraphProto { Name = name };
        Types = new GraphTypes(operators);
    }

    /// <summary>What nodes can be; layers ask for it where operators came or changed with an opset.</summary>
    public OperatorSet Operators => Types.Operators;

    internal GraphTypes Types { get; }

    /// <summary>Declares an input and returns its name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Input(string name, DataType type, params ReadOnlySpan<Dimension> shape)
    {
        Define(name);
        _graph.Input.Add(ValueInfos.Create(name, type, shape));
        Types.Declare(name, new TensorType(type, [.. shape]));
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
        return Types.Of(value)?.Element;
    }

    /// <summary>The dimensions of a value, or null where even their number is not known.</summary>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public IReadOnlyList<Dimension>? ShapeOf(string value)
    {
        CheckExists(value, "a question about its shape");
        return Types.Of(value)?.Shape;
    }

    /// <summary>Adds a constant under its own name and returns that.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public string Initializer(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Define(tensor.Name);
        _graph.Initializer.Add(tensor);
        Types.Declare(tensor);
        return tensor.Name;
    }

    /// <summary>
    /// A list of int64 values, named after its contents and stored once however often it is asked for.
    /// </summary>
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
    /// <exception cref="ArgumentException">
    /// The name is taken, an input does not exist, or the opset does not have the operator.
    /// </exception>
    /// <exception cref="InvalidInputException">Types or shapes of the inputs do not suit the operator.</exception>
    public string Add(string name, string op, string[] inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Add(name, op, inputs, [name], attributes)[0];

    /// <summary>Adds a node.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="op">The operator's exact name.</param>
    /// <param name="inputs">Names of values; empty where an optional input is left out.</param>
    /// <param name="outputs">Names of new values; empty where an optional output is left out.</param>
    /// <param name="attributes">The attributes in the order in which they are to be written.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ArgumentException">
    /// A name is taken, an input does not exist, or the opset does not have the operator.
    /// </exception>
    /// <exception cref="InvalidInputException">Types or shapes of the inputs do not suit the operator.</exception>
    public string[] Add(
        string name, string op, string[] inputs, string[] outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = name, OpType = op };
        if (Operators.Get(op).Domain is { Length: > 0 } domain)
        {
            node.Domain = domain;
        }

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

        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.ToArray());
        FollowTypes(node);
        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Whether a node computes a value; inputs and constants exist without.</summary>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public bool IsComputed(string value)
    {
        CheckExists(value, "a question about its origin");
        return _graph.Node.Any(node => node.Output.Contains(value));
    }

    /// <summary>Gives a value that a node computes another name, wherever it is used.</summary>
    /// <exception cref="ArgumentException">There is no such value, or the name is taken.</exception>
    public void Rename(string value, string name)
    {
        if (!IsComputed(value))
        {
            throw new ArgumentException($"No node computes '{value}'; others keep their names.", nameof(value));
        }

        Define(name);
        _values.Remove(value);
        Types.Rename(value, name);
        ReplaceInNodes(value, name);
    }

    /// <summary>
    /// Stores once what is equal in type, shape and values: tied weights, and those of a layer that is applied more
    /// than once. The first of equal constants stays.
    /// </summary>
    public void MergeConstants()
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tensor in _graph.Initializer.Where(tensor => tensor.HasRawData).ToList())
        {
            var contents = $"{tensor.DataType} [{string.Join(',', tensor.Dims)}] " +
                Convert.ToHexString(SHA256.HashData(tensor.RawData.Span));
            if (!kept.TryAdd(contents, tensor.Name))
            {
                _graph.Initializer.Remove(tensor);
                _values.Remove(tensor.Name);
                _constants.Remove(tensor.Name);
                ReplaceInNodes(tensor.Name, kept[contents]);
            }
        }
    }

    /// <summary>The graph as it stands; later additions do not change it.</summary>
    public GraphProto Build() => _graph.Clone();

    private void FollowTypes(NodeProto node)
    {
        var problems = new ProblemList();
        Types.Follow(node, NodeContext.PlaceOf(node, _graph.Node.Count), problems);
        if (problems.First is { } first)
        {
            throw new InvalidInputException($"The graph would not be sound: {first.Message}");
        }
    }

    private void ReplaceInNodes(string value, string name)
    {
        foreach (var names in _graph.Node.SelectMany(node => (IList<string>[])[node.Input, node.Output]))
        {
            for (var i = 0; i < names.Count; i++)
            {
                names[i] = names[i] == value ? name : names[i];
            }
        }
    }

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
