using System.Collections.Frozen;
using OnnxSentiment.OnnxExporter.Graph;
using OnnxSentiment.OnnxExporter.Proto;
using static OnnxSentiment.OnnxExporter.Proto.AttributeProto.Types;

namespace OnnxSentiment.OnnxExporter.Internals;

/// <summary>
/// The signatures of ONNX Runtime's own operators that exported graphs use, read from its page of contrib operators
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
/// </summary>
internal static class ContribSchemas
{
    private static readonly FrozenDictionary<string, OperatorSchema> Schemas = new Dictionary<string, OperatorSchema>
    {
        [Operators.DynamicQuantizeLstm] = new(
            12..12, 0..3,
            [
                new("activation_alpha", AttributeType.Floats), new("activation_beta", AttributeType.Floats),
                new("activations", AttributeType.Strings), new("clip", AttributeType.Float),
                new("direction", AttributeType.String), new("hidden_size", AttributeType.Int),
                new("input_forget", AttributeType.Int),
            ],
            QuantizedRecurrentRules.Lstm,
            Optional: [3, 4, 5, 6, 7]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The signature of a node's operator, or null for one that is not known.</summary>
    internal static OperatorSchema? Find(NodeProto node) =>
        node.Domain == Operators.ContribDomain ? Schemas.GetValueOrDefault(node.OpType) : null;

    /// <summary>All known names with their domain, for messages.</summary>
    internal static IEnumerable<string> KnownNames =>
        Schemas.Keys.Order(StringComparer.Ordinal).Select(name => $"{Operators.ContribDomain}.{name}");

    /// <summary>Reports domains of nodes that the model does not import exactly once.</summary>
    internal static void CheckImports(ModelProto model, ProblemList problems)
    {
        foreach (var domain in model.Graph.Node.Select(node => node.Domain).Where(domain => !FormatCheck.IsStandard(domain)).Distinct(StringComparer.Ordinal))
        {
            var imports = model.OpsetImport.Count(import => import.Domain == domain);
            if (imports != 1)
            {
                problems.Name($"opset_import has {imports} entries for the domain '{domain}', but one was expected: nodes use its operators.");
            }
        }
    }
}
