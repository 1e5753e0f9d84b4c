namespace OnnxSentiment.Architecture.Tests.Rules;

/// <summary>
/// Checks what a project refers to, in its file and as compiled. Each returns a sentence for each violation.
/// </summary>
internal static class DependencyRules
{
    // Tools that run during the build; whoever references the project must not inherit them.
    public static readonly string[] BuildTools = ["Grpc.Tools"];

    private const string OwnPrefix = "OnnxSentiment.";

    public static IEnumerable<string> CheckProjects(ProjectFile file, ProjectRule rule)
    {
        foreach (var extra in file.Projects.Except(rule.Projects))
        {
            yield return $"{file.Name} references {extra}; it may reference {List(rule.Projects)}.";
        }

        foreach (var missing in rule.Projects.Except(file.Projects))
        {
            yield return $"{file.Name} does not reference {missing}, as the diagram says.";
        }
    }

    public static IEnumerable<string> CheckPackages(ProjectFile file, ProjectRule rule)
        => from package in file.Packages
           where !rule.Packages.Any(pattern => ProjectRule.Matches(pattern, package.Name))
           select $"{file.Name} references the package {package.Name}; it may reference {List(rule.Packages)}.";

    public static IEnumerable<string> CheckVersions(ProjectFile file)
        => from package in file.Packages
           where package.HasVersion
           select $"{file.Name} gives a version of {package.Name}; move it to Directory.Packages.props.";

    public static IEnumerable<string> CheckBuildTools(ProjectFile file)
        => from package in file.Packages
           where BuildTools.Contains(package.Name) && !package.IsPrivate
           select $"{file.Name} passes {package.Name} on; add PrivateAssets=\"all\".";

    /// <summary>The compiler drops what is never used, so that less than the diagram allows is right as well.</summary>
    public static IEnumerable<string> CheckAssembly(IEnumerable<string> references, ProjectRule rule)
    {
        foreach (var reference in references)
        {
            if (reference.StartsWith(OwnPrefix, StringComparison.Ordinal)
                && !Reachable(rule).Contains(reference[OwnPrefix.Length..]))
            {
                yield return $"{rule.Name} uses {reference}; it may use {List(Reachable(rule))}.";
            }
            else if (World(reference) is { } world && !rule.Worlds.Contains(world))
            {
                yield return $"{rule.Name} uses {reference}; of {List(ProjectRule.AllWorlds)} "
                    + $"it may use {List(rule.Worlds)}.";
            }
        }
    }

    /// <summary>Which of the libraries that are kept apart an assembly belongs to, null for any other.</summary>
    public static string? World(string assembly)
        => Array.Find(
            ProjectRule.AllWorlds,
            world => assembly == world || assembly.StartsWith($"{world}.", StringComparison.Ordinal));

    // References pass on references: Server sees Core through Runtime.
    private static HashSet<string> Reachable(ProjectRule rule)
        => [.. rule.Projects, .. rule.Projects.SelectMany(project => Reachable(ProjectRule.Of(project)))];

    private static string List(IEnumerable<string> names)
        => names.Any() ? string.Join(", ", names.Order(StringComparer.Ordinal)) : "none";
}
