using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>What a description of a model has to admit that it does not know.</summary>
internal static class UnknownParts
{
    internal static IEnumerable<string> Of(ModelProto model)
    {
        var graph = model.Graph ?? new GraphProto();
        return Format(model).Concat(Nodes(model, graph)).Concat(Data(model)).Concat(OtherParts(model, graph));
    }

    private static IEnumerable<string> Format(ModelProto model)
    {
        const int Newest = (int)Proto.Version.IrVersion;
        if (model.IrVersion > Newest)
        {
            yield return $"Version {model.IrVersion} of the format is newer than {Newest}, the newest known here: " +
                "what it added is kept, but not described.";
        }

        switch (UnknownFields.AreIn(model))
        {
            case true:
                yield return "The file has fields that are not known here: they survive reading and writing, but are " +
                    "not described.";
                break;
            case null:
                yield return "The model is too large to look for fields that are not known here; if there are any, " +
                    "they survive reading and writing.";
                break;
        }
    }

    private static IEnumerable<string> Nodes(ModelProto model, GraphProto graph)
    {
        if (FormatCheck.StandardOpset(model) is null)
        {
            yield return $"The standard operator set is not between {Opset.Minimum} and {Opset.Maximum}: the " +
                "structure cannot be checked.";
        }

        var foreign = graph.Node.Where(node => !Domains.IsStandard(node.Domain))
            .Where(node => Operators.Table.DomainOf(node.OpType) != node.Domain)
            .Select(node => node.Domain).Distinct(StringComparer.Ordinal).ToList();
        if (foreign.Count > 0)
        {
            yield return $"Operators of {string.Join(", ", foreign)} are listed by name; what they compute is not " +
                "known here.";
        }

        var subgraphs = graph.Node.SelectMany(node => node.Attribute)
            .Sum(attribute => attribute.Graphs.Count + (attribute.G is null ? 0 : 1));
        if (subgraphs > 0)
        {
            yield return $"The nodes of {subgraphs} graph(s) inside nodes are not listed; their constants are counted.";
        }
    }

    private static IEnumerable<string> Data(ModelProto model)
    {
        var (graph, constants) = (model.Graph ?? new GraphProto(), ModelConstants.Of(model).ToList());
        var external = constants.Count(tensor => tensor.DataLocation == DataLocation.External);
        if (external > 0)
        {
            yield return $"{external} constant(s) lie in other files, which were not opened.";
        }

        if (graph.SparseInitializer.Count > 0)
        {
            yield return $"{graph.SparseInitializer.Count} sparse constant(s) are not counted as parameters.";
        }

        var odd = constants.Count(tensor => Dimensions.Product(tensor.Dims) is null);
        if (odd > 0)
        {
            yield return $"{odd} constant(s) have impossible shapes and are not counted as parameters.";
        }
    }

    private static IEnumerable<string> OtherParts(ModelProto model, GraphProto graph)
    {
        if (model.Functions.Count > 0)
        {
            yield return $"The bodies of {model.Functions.Count} function(s) of the model are not listed.";
        }

        if (model.TrainingInfo.Count > 0)
        {
            yield return "The model's training graphs are not described.";
        }

        if (graph.QuantizationAnnotation.Count > 0)
        {
            yield return $"{graph.QuantizationAnnotation.Count} quantization annotation(s) are not described.";
        }

        if (model.Graph is null)
        {
            yield return "The model has no graph.";
        }
    }
}
