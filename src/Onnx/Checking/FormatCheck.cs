using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>The parts of a model around its graph.</summary>
internal static class FormatCheck
{
    internal static void Run(ModelProto model, ProblemList problems)
    {
        if (model.Graph is null)
        {
            problems.Name("the model has no graph, but exactly one was expected.");
        }

        CheckOpset(model, problems);
        foreach (var key in Duplicates(model.MetadataProps.Select(entry => entry.Key)))
        {
            problems.Name($"metadata_props has the key '{key}' twice, but keys were expected to be unique.");
        }
    }

    /// <summary>The version of the standard's operators, or null where the model does not name exactly one.</summary>
    internal static int? StandardOpset(ModelProto model)
    {
        var versions = model.OpsetImport.Where(import => Domains.IsStandard(import.Domain))
            .Select(import => import.Version).ToList();
        return versions is [>= Opset.Minimum and <= Opset.Maximum] ? (int)versions[0] : null;
    }

    internal static IEnumerable<string> Duplicates(IEnumerable<string> names) =>
        names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => group.Key);

    private static void CheckOpset(ModelProto model, ProblemList problems)
    {
        if (StandardOpset(model) is not { } opset)
        {
            var imports = model.OpsetImport.Select(import => $"'{import.Domain}' {import.Version}");
            problems.Name(
                $"opset_import has [{string.Join(", ", imports)}], but one entry for the standard domain '' between " +
                $"{Opset.Minimum} and {Opset.Maximum} was expected.");
        }
        else if (model.IrVersion < Opset.IrVersion(opset))
        {
            problems.Name(
                $"ir_version is {model.IrVersion}, but opset {opset} was expected to have at least " +
                $"{Opset.IrVersion(opset)}.");
        }
    }
}
