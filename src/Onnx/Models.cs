using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Makes the message around a graph and checks it: a model that asks for the operator sets that its graph uses, in the
/// oldest version of the format that allows them, and that declares the types of intermediate values as far as they are
/// known.
/// </summary>
public static class Models
{
    /// <summary>What exported files name as their producer.</summary>
    public const string ProducerName = "OnnxSentiment";

    private const string Name = "The exported graph";

    /// <summary>Makes the model of a graph whose types the builder knows already.</summary>
    /// <param name="graph">The graph as it stands; later additions do not change the model.</param>
    /// <param name="version">The producer's version.</param>
    /// <param name="description">What the model does, for people.</param>
    /// <exception cref="InvalidInputException">
    /// The graph is not sound, for instance an output of another shape.
    /// </exception>
    public static ModelProto Create(GraphBuilder graph, string version, string description)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var model = Wrap(graph.Build(), graph.Operators.Opset, version, description);
        StructureCheck.Check(model, graph.Types).ThrowIfFailed(Name);
        graph.Types.WriteTo(model.Graph);
        return model;
    }

    /// <summary>Makes the model of a graph that was changed since a builder made it.</summary>
    /// <param name="graph">The graph, which becomes part of the model.</param>
    /// <param name="opset">The operator set that the graph was built for.</param>
    /// <param name="version">The producer's version.</param>
    /// <param name="description">What the model does, for people.</param>
    /// <exception cref="InvalidInputException">The graph is not sound.</exception>
    public static ModelProto Create(GraphProto graph, int opset, string version, string description)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph.ValueInfo.Clear();
        var model = Wrap(graph, opset, version, description);
        StructureCheck.Check(model, out var types).ThrowIfFailed(Name);
        types!.WriteTo(graph);
        return model;
    }

    private static ModelProto Wrap(GraphProto graph, int opset, string version, string description)
    {
        var model = new ModelProto
        {
            IrVersion = Opset.IrVersion(opset),
            ProducerName = ProducerName,
            ProducerVersion = version,
            DocString = description,
            Graph = graph,
        };
        model.OpsetImport.AddRange(Domains.Imports(graph, opset));
        return model;
    }
}
