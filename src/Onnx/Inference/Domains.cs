using System.Collections.Frozen;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The domains of operators, and the version of each that graphs ask for: beside the standard's own, the oldest with
/// the attributes used here, so that the oldest readers accept the file.
/// </summary>
public static class Domains
{
    /// <summary>The standard's own operators.</summary>
    public const string Standard = "";

    /// <summary>The standard's domain as some exporters write it out.</summary>
    public const string StandardAlias = "ai.onnx";

    /// <summary>The standard's operators for classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    private static readonly FrozenDictionary<string, long> Versions = new Dictionary<string, long>
    {
        [MachineLearning] = 2,
        [Microsoft] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static bool IsStandard(string domain) => domain is Standard or StandardAlias;

    /// <summary>The version that graphs ask for, or null for a domain that is not known.</summary>
    internal static long? VersionOf(string domain) => Versions.TryGetValue(domain, out var version) ? version : null;

    /// <summary>
    /// What <c>opset_import</c> has to name for a graph: the standard's first, then the others in order.
    /// </summary>
    internal static IEnumerable<OperatorSetIdProto> Imports(GraphProto graph, int opset) =>
        graph.Node.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct()
            .Order(StringComparer.Ordinal)
            .Select(domain => new OperatorSetIdProto { Domain = domain, Version = Versions[domain] })
            .Prepend(new OperatorSetIdProto { Domain = Standard, Version = opset });
}
