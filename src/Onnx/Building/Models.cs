using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Makes the message around a graph.</summary>
public static class Models
{
    /// <summary>What exported files name as their producer.</summary>
    public const string ProducerName = "OnnxSentiment";

    /// <summary>
    /// A model that asks for the operator sets that its graph uses, in the oldest version of the format that allows them,
    /// and that declares the types of intermediate values as far as they are known.
    /// </summary>
    /// <param name="graph">The graph, which becomes part of the model.</param>
    /// <param name="opset">The operator set that the graph was built for.</param>
    /// <param name="version">The producer's version.</param>
    /// <param name="description">What the model does, for people.</param>
    public static ModelProto Create(GraphProto graph, int opset, string version, string description)
    {
        var model = new ModelProto
        {
            IrVersion = Opset.IrVersion(opset),
            ProducerName = ProducerName,
            ProducerVersion = version,
            DocString = description,
            Graph = ValueInfoWriter.AddTo(graph, opset),
        };
        model.OpsetImport.AddRange(Domains.Imports(graph, opset));
        return model;
    }
}
