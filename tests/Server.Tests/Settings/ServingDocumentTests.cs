using System.Globalization;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary><c>docs/serving.md</c> lists every setting with its default.</summary>
[Parallelizable]
public class ServingDocumentTests
{
    private static readonly Dictionary<string, object> Sections = new()
    {
        ["Models"] = new ModelsOptions(),
        ["Batching"] = new BatchingSettings(),
        ["Limits"] = new LimitOptions(),
        ["Shutdown"] = new ShutdownOptions(),
        ["Security"] = new SecurityOptions(),
    };

    [Test]
    public void Settings_OfTheServer_StandInTheDocumentWithTheirDefaults()
    {
        var rows = File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "serving.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim(' ', '`'), cells => cells[2].Trim());

        foreach (var (section, defaults) in Sections)
        {
            foreach (var property in defaults.GetType().GetProperties().Where(property => property.CanWrite))
            {
                var name = $"{section}:{property.Name}";
                Assert.That(rows, Does.ContainKey(name));
                if (property.GetValue(defaults) is (IConvertible or TimeSpan) and { } value)
                {
                    Assert.That(rows[name], Is.EqualTo(Convert.ToString(value, CultureInfo.InvariantCulture)), name);
                }
            }

            Assert.That(
                rows.Keys.Where(
                    name => name.StartsWith($"{section}:",
                        StringComparison.Ordinal)).Select(name => defaults.GetType().GetProperty(name.Split(':')[1])),
                Has.None.Null,
                "a setting that is none");
        }
    }
}
