using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Json.Schema;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary>The schemas of docs/schemas, as a reader of the reports would use them.</summary>
internal static class ReportSchemas
{
    private static readonly JsonSchema Json = JsonSchema.FromText(File.ReadAllText(PathOf("check-report.schema.json")));

    /// <summary>What is wrong with a report in JSON, a sentence each.</summary>
    internal static IReadOnlyList<string> CheckJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var results = Json.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? []
            :
            [
                .. (results.Details ?? []).Append(results).Where(detail => detail.Errors is not null)
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
                    .DefaultIfEmpty("not valid"),
            ];
    }

    /// <summary>What is wrong with a report in JUnit's XML, a sentence each.</summary>
    internal static IReadOnlyList<string> CheckJUnit(string xml)
    {
        var schemas = new XmlSchemaSet();
        using var schema = XmlReader.Create(PathOf("junit.xsd"));
        schemas.Add(targetNamespace: null, schema);
        var problems = new List<string>();
        XDocument.Parse(xml).Validate(schemas, (_, problem) => problems.Add(problem.Message));
        return problems;
    }

    private static string PathOf(string name) => Path.Combine(Checkout.Root, "docs", "schemas", name);
}
