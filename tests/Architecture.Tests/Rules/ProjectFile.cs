using System.Xml.Linq;

namespace OnnxSentiment.Architecture.Tests.Rules;

/// <summary>What a csproj refers to.</summary>
internal sealed record ProjectFile(
    string Name, IReadOnlyList<string> Projects, IReadOnlyList<PackageReference> Packages)
{
    public static ProjectFile Parse(string name, string xml)
    {
        var document = XDocument.Parse(xml);
        var projects = document.Descendants("ProjectReference")
            .Select(e => ProjectName((string?)e.Attribute("Include") ?? ""));
        var packages = document.Descendants("PackageReference").Select(PackageReference.Parse);
        return new(name, [.. projects], [.. packages]);
    }

    private static string ProjectName(string include) => Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));
}

/// <summary>A package as a csproj names it.</summary>
internal sealed record PackageReference(string Name, bool HasVersion, bool IsPrivate)
{
    private static readonly string[] Versions = ["Version", "VersionOverride"];

    public static PackageReference Parse(XElement element)
    {
        string? Value(string name) => (string?)element.Attribute(name) ?? (string?)element.Element(name);

        return new(
            Value("Include") ?? Value("Update") ?? "",
            Versions.Any(v => Value(v) is not null),
            Value("PrivateAssets") == "all");
    }
}
