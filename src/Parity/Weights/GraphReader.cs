using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// Follows a graph from a value to what computes it, and refuses every node, attribute and input that is not the
/// expected one. The graph has passed <see cref="StructureCheck"/>.
/// </summary>
internal sealed class GraphReader
{
    private readonly Dictionary<string, (NodeProto Node, int Output)> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _initializers;
    private readonly HashSet<string> _inputs;
    private readonly bool _isHalf;

    internal GraphReader(ModelProto model, Precision precision)
    {
        _initializers = model.Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _inputs = model.Graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        _isHalf = precision == Precision.Fp16;
        Opset = model.OpsetImport.First(import => import.Domain is "" or "ai.onnx").Version;
        foreach (var node in model.Graph.Node)
        {
            foreach (var (index, output) in node.Output.Index().Where(output => output.Item.Length > 0))
            {
                _producers[output] = (node, index);
            }
        }
    }

    internal long Opset { get; }

    internal IEnumerable<TensorProto> Initializers => _initializers.Values;

    /// <summary>The inputs of the node that computes a value, whose attributes are the expected ones.</summary>
    /// <param name="value">The value; it has to be output <paramref name="output"/> of the node.</param>
    /// <param name="op">The operator that has to compute it.</param>
    /// <param name="inputs">The number of inputs that the operator has to have, all of them given.</param>
    /// <param name="attributes">All attributes that the node may have.</param>
    /// <param name="output">Which of the node's outputs the value has to be.</param>
    /// <exception cref="GraphMismatchException">It is computed in another way.</exception>
    internal string[] Read(
        string value, string op, int inputs, IReadOnlyList<ExpectedAttribute>? attributes = null, int output = 0)
    {
        var node = NodeOf(value, op, output);
        CheckAttributes(node, attributes ?? []);
        var found = InputsOf(node);
        return found.Length == inputs && Array.TrueForAll(found, name => name.Length > 0)
            ? found
            : throw Mismatch(node, $"reads [{string.Join(", ", found)}], but {inputs} inputs were expected.");
    }

    /// <summary>The node that computes a value.</summary>
    /// <exception cref="GraphMismatchException">Another operator does, or none.</exception>
    internal NodeProto NodeOf(string value, string op, int output = 0)
    {
        var source = op == Operators.Cast ? value : SourceOf(value);
        if (!_producers.TryGetValue(source, out var found))
        {
            throw new GraphMismatchException($"'{source}' is not computed, but {op} was expected to compute it.");
        }

        return found.Node.OpType == op && found.Output == output
            ? found.Node
            : throw Mismatch(
                found.Node, $"computes '{source}' as output {found.Output}, but output {output} of {op} was expected.");
    }

    /// <summary>The inputs of a node without those that are left out at its end.</summary>
    internal static string[] InputsOf(NodeProto node) =>
        [.. node.Input.Take(node.Input.Select((name, i) => name.Length > 0 ? i + 1 : 0).DefaultIfEmpty().Max())];

    /// <exception cref="GraphMismatchException">
    /// An attribute has another value, is missing, or should not be there.
    /// </exception>
    internal static void CheckAttributes(NodeProto node, IReadOnlyList<ExpectedAttribute> expected)
    {
        foreach (var attribute in expected)
        {
            var found = node.Attribute.FirstOrDefault(candidate => candidate.Name == attribute.Name);
            var value = found is null ? attribute.Default : ExpectedAttribute.ValueOf(found);
            if (value != attribute.Value)
            {
                throw Mismatch(
                    node, $"has {attribute.Name}={value ?? "nothing"}, but {attribute.Value} was expected.");
            }
        }

        var known = expected.Select(attribute => attribute.Name);
        if (node.Attribute.Select(attribute => attribute.Name).Except(known).FirstOrDefault() is { } other)
        {
            throw Mismatch(node, $"has the attribute {other}, but it was not expected to have it.");
        }
    }

    /// <summary>The initializer that a value is.</summary>
    /// <exception cref="GraphMismatchException">It is computed, or an input.</exception>
    internal TensorProto InitializerOf(string value) => _initializers.TryGetValue(SourceOf(value), out var tensor)
        ? tensor
        : throw new GraphMismatchException($"'{value}' is no initializer, but weights or a constant were expected.");

    /// <exception cref="GraphMismatchException">The values differ, though one was expected.</exception>
    internal void CheckSame(string found, string expected, string what)
    {
        if (SourceOf(found) != SourceOf(expected))
        {
            throw new GraphMismatchException($"'{found}' is read as {what}, but '{expected}' was expected.");
        }
    }

    /// <exception cref="GraphMismatchException">It is no input of the graph, or has a default.</exception>
    internal void CheckIsInput(string value, string name)
    {
        CheckSame(value, name, "the input");
        if (!_inputs.Contains(name) || _initializers.ContainsKey(name))
        {
            throw new GraphMismatchException($"'{name}' is no input of the graph, but was expected to be one.");
        }
    }

    /// <summary>A sentence about a node.</summary>
    internal static GraphMismatchException Mismatch(NodeProto node, string text) =>
        new($"Node '{node.Name}' ({node.OpType}) {text}");

    // In half precision a cast stands wherever single precision begins again.
    private string SourceOf(string value) =>
        _isHalf && _producers.TryGetValue(value, out var found) && found.Node is { OpType: Operators.Cast } cast
            && cast.Attribute.Any(to => to.Name == "to" && to.I == (long)DataType.Float) && IsHalf(cast.Input[0])
            ? cast.Input[0]
            : value;

    private bool IsHalf(string value) => _initializers.TryGetValue(value, out var tensor)
        ? tensor.DataType == (int)DataType.Float16
        : _producers.TryGetValue(value, out var found) && Carriers.Contains(found.Node.OpType);

    // These return the type that they are given, and the graph's weights are of half precision.
    private static readonly string[] Carriers =
        [Operators.Gather, Operators.Transpose, Operators.Reshape, Operators.Lstm, Operators.Gru, Operators.Rnn];
}
