using System.Text.Json.Nodes;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli.Tests;

/// <summary>The schemas take what the reports write, whatever it says, and refuse what is broken.</summary>
public class ReportSchemasTests
{
    private const string Hostile =
        "a|b`c``d <e> & \"f\" 'g' ]]> --> \\ \t\r\nl\0m\u0001\u001B[31m\uFFFE \uD800 \uDC00x ü 好 😀 # ~";

    private static readonly CheckReport Report = new()
    {
        Command = "verify",
        Subject = Hostile,
        Against = Hostile,
        Checks =
        [
            .. from outcome in Enum.GetValues<CheckOutcome>()
               from string @group in new[] { "", Hostile }
               select new CheckResult
               {
                   Group = @group,
                   Name = $"{outcome}{Hostile}",
                   Outcome = outcome,
                   Message = Hostile,
                   Details = Hostile,
                   Measurements = [new(Hostile, double.NaN, double.NegativeInfinity), new("", 0.5)],
               },
        ],
    };

    [Test]
    public void Check_HostileTextsAndNumbers_Fit()
    {
        Assert.That(ReportSchemas.CheckJson(Report.ToJson()), Is.Empty);
        Assert.That(ReportSchemas.CheckJUnit(Report.ToJUnit()), Is.Empty, Report.ToJUnit());
    }

    [Test]
    public void Check_NoChecks_Fits()
    {
        Assert.That(ReportSchemas.CheckJson((Report with { Checks = [] }).ToJson()), Is.Empty);
        Assert.That(ReportSchemas.CheckJUnit((Report with { Checks = [] }).ToJUnit()), Is.Empty);
    }

    [TestCase("format_version", "2")]
    [TestCase("command", "3")]
    [TestCase("outcome", "\"done\"")]
    [TestCase("counts", "{}")]
    [TestCase("checks", "[{}]")]
    [TestCase("checks", """[{"group":"","name":"","outcome":"failed","message":"","details":"","measurements":[]}]""")]
    [TestCase("checks/0/measurements/0/value", "\"x\"")]
    [TestCase("metrics", "[]")]
    public void CheckJson_BrokenProperty_IsNamed(string property, string value)
    {
        var json = JsonNode.Parse(Report.ToJson())!;
        var path = property.Split('/');
        var parent = path[..^1].Aggregate(
            json, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        parent[path[^1]] = JsonNode.Parse(value);
        Assert.That(ReportSchemas.CheckJson(json.ToJsonString()), Has.Some.StartsWith($"/{property}"));
    }

    [TestCase("evaluate")]
    [TestCase("compare")]
    public void CheckJson_MetricsOfACommand_HaveItsProperties(string command)
    {
        var json = JsonNode.Parse((Report with { Command = command }).ToJson())!;
        json["metrics"] = new JsonObject();
        Assert.That(ReportSchemas.CheckJson(json.ToJsonString()), Has.Some.StartsWith("/metrics"));
    }

    [TestCase("tests=\"6\"", "tests=\"six\"")]
    [TestCase("<testcase classname=", "<testcase package=")]
    [TestCase("<failure type=\"failed\"", "<failure kind=\"failed\"")]
    [TestCase("</properties>", "</properties><properties />")]
    [TestCase("name=\"Passed", "name=\"Failed")]
    [TestCase("<skipped type", "<error type")]
    public void CheckJUnit_BrokenXml_IsFound(string before, string after)
    {
        var xml = Report.ToJUnit();
        Assert.That(xml, Does.Contain(before));
        var broken = xml.Replace(before, after, StringComparison.Ordinal)
            .Replace("</skipped>", before.StartsWith("<skipped") ? "</error>" : "</skipped>", StringComparison.Ordinal);
        Assert.That(ReportSchemas.CheckJUnit(broken), Is.Not.Empty);
    }
}
