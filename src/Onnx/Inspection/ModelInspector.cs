using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Describes any ONNX model, whoever wrote it, and says what it leaves out. Thread-safe.</summary>
public static class ModelInspector
{
    /// <summary>Describes a file.</summary>
    /// <exception cref="InvalidInputException">The file is missing, cut off or no ONNX file.</exception>
    public static ModelDescription Describe(string path) =>
        Describe(ModelFile.Read(path)) with { FileLength = new FileInfo(path).Length };

    /// <summary>Describes a model in memory.</summary>
    public static ModelDescription Describe(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = model.Graph ?? new GraphProto();
        var constants = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new ModelDescription
        {
            IrVersion = model.IrVersion,
            Opsets = [.. model.OpsetImport.Select(Describe)],
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            Description = model.DocString,
            Inputs = [.. graph.Input.Where(input => !constants.Contains(input.Name)).Select(Describe)],
            Outputs = [.. graph.Output.Select(Describe)],
            Nodes = [.. graph.Node.Select(Describe)],
            Metadata = [.. model.MetadataProps.Select(Describe)],
            ParameterCount = Dimensions.Sum(ModelConstants.Of(model).Select(ModelConstants.CountOf)),
            Unknowns = [.. UnknownParts.Of(model)],
        };
    }

    private static OpsetDescription Describe(OperatorSetIdProto import) =>
        new(Domains.IsStandard(import.Domain) ? Domains.StandardAlias : import.Domain, import.Version);

    private static ValueDescription Describe(ValueInfoProto info) => new(info.Name, TypeText.Format(info.Type));

    /// <summary>Describes a node.</summary>
    public static NodeDescription Describe(NodeProto node) => new(
        Domains.IsStandard(node.Domain) ? node.OpType : $"{node.Domain}.{node.OpType}",
        node.Name,
        [.. node.Input],
        [.. node.Output],
        [.. node.Attribute.Select(AttributeText.Format)]);

    private static MetadataDescription Describe(StringStringEntryProto entry) =>
        new(entry.Key, entry.Value, entry.Value.Length);
}
