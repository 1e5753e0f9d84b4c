using System.Collections.Frozen;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The domains beside the standard's own: which operator belongs to which, and the version that graphs ask for. Both
/// versions are the oldest with the attributes used here, so that the oldest readers accept the file.
/// </summary>
public static class Domains
{
    /// <summary>The standard's operators for classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    private static readonly FrozenDictionary<string, long> Versions = new Dictionary<string, long>
    {
        [MachineLearning] = 2,
        [Microsoft] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The domain of an operator; that of the standard for one that is not known.</summary>
    public static string Of(string op) => op switch
    {
        Operators.LabelEncoder => MachineLearning,
        Operators.Tokenizer or Operators.DynamicQuantizeLstm => Microsoft,
        _ => Operators.StandardDomain,
    };

    /// <summary>The version that graphs ask for, or null for a domain that is not known.</summary>
    internal static long? VersionOf(string domain) => Versions.TryGetValue(domain, out var version) ? version : null;

    /// <summary>What <c>opset_import</c> has to name for a graph: the standard's first, then the others in order.</summary>
    internal static IEnumerable<OperatorSetIdProto> Imports(GraphProto graph, int opset) =>
        graph.Node.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct().Order(StringComparer.Ordinal)
            .Select(domain => new OperatorSetIdProto { Domain = domain, Version = Versions[domain] })
            .Prepend(new OperatorSetIdProto { Domain = Operators.StandardDomain, Version = opset });
}
