using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxSentiment.PlantFaults;

/// <summary>Writes faults into the copy.</summary>
internal static partial class Planting
{
    /// <summary>Turns the fault of that id on.</summary>
    public const string Variable = "PLANTED_FAULT";

    private const string Switch = "PlantedFault";

    /// <summary>Plants all of them, each behind its switch.</summary>
    public static void Plant(IEnumerable<Place> places, Sources copy)
    {
        foreach (var project in places.GroupBy(place => copy.ProjectOf(place.Path)))
        {
            foreach (var file in project.GroupBy(place => place.Path))
            {
                WriteFile(file.Key, file, fault => $"global::OnnxSentiment.{project.Key}.{Switch}.{NameOf(fault)}");
            }

            // Fields that never change: what runs often costs nothing more once it is compiled for good.
            File.WriteAllText(Path.Combine(copy.Root, "src", project.Key, $"{Switch}.cs"), $$"""
                namespace OnnxSentiment.{{project.Key}};

                internal static class {{Switch}}
                {
                    private static readonly string? Id = System.Environment.GetEnvironmentVariable("{{Variable}}");
                {{string.Join('\n', project.Select(place =>
                    $"    internal static readonly bool {NameOf(place.Fault)} = Id == \"{place.Fault.Id}\";"))}}
                }
                """);
        }
    }

    /// <summary>The ids of the faults in whose branches a compiler found errors.</summary>
    public static IReadOnlySet<string> Blame(string errors, Sources copy) =>
        ErrorPlace().Matches(errors)
            .Select(place => File.ReadLines(Path.Combine(copy.Root, place.Groups["path"].Value))
                .Take(int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture))
                .SelectMany(line => Mark().Matches(line))
                .LastOrDefault()?.Groups["id"].Value)
            .OfType<string>().Where(id => id != Branches.Original).ToHashSet();

    private static void WriteFile(string path, IEnumerable<Place> places, Func<Fault, string> switchOf)
    {
        var text = File.ReadAllText(path);
        foreach (var member in places.GroupBy(place => place.Member.Span).OrderByDescending(member => member.Key.Start))
        {
            text = text[..member.Key.Start] + Branches.Write([.. member], switchOf) + text[member.Key.End..];
        }

        File.WriteAllText(path, text);
    }

    private static string NameOf(Fault fault) => "Is_" + fault.Id.Replace('-', '_');

    [GeneratedRegex(@"^\s*(?<path>\S+\.cs)\((?<line>\d+),\d+\): error", RegexOptions.Multiline)]
    private static partial Regex ErrorPlace();

    [GeneratedRegex(@"/\*fault (?<id>\S+)\*/")]
    private static partial Regex Mark();
}
