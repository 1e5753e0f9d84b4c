using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Domains beside the standard's: each that a node uses is imported once, in the version that is known here.
/// </summary>
internal static class DomainCheck
{
    internal static void Run(ModelProto model, ProblemList problems)
    {
        foreach (var domain in model.Graph.Node.Select(node => node.Domain).Distinct(StringComparer.Ordinal))
        {
            if (Domains.VersionOf(domain) is not { } expected)
            {
                continue;
            }

            var versions = model.OpsetImport.Where(import => import.Domain == domain)
                .Select(import => import.Version).ToList();
            if (versions is not [var version] || version != expected)
            {
                problems.Name(
                    $"opset_import has [{string.Join(", ", versions)}] for the domain '{domain}', but version " +
                    $"{expected} once was expected.");
            }
        }
    }
}
