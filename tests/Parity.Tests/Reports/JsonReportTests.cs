using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxSentiment.Parity.Tests;

public class JsonReportTests
{
    [Test]
    public void ToJson_OfEachOutcome_HasEverything()
    {
        var json = JsonNode.Parse(Reports.Mixed.ToJson())!;
        Assert.That(json["format_version"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(json["outcome"]!.GetValue<string>(), Is.EqualTo("failed"));
        Assert.That(json["counts"]!.ToJsonString(), Is.EqualTo("""{"passed":1,"failed":1,"skipped":1}"""));
        Assert.That(
            json["checks"]![1]!.ToJsonString(),
            Is.EqualTo(
                """
                {"group":"weights","name":"output.weight","outcome":"failed",
                """ +
                """
                "message":"Element [0, 3] is 0.5, but 0.25 was expected.","details":"first line\nsecond line",
                """ +
                """
                "measurements":[{"name":"largest difference","value":"NaN","allowed":0}]}
                """));
        Assert.That(json["metrics"], Is.Null);
    }

    [Test]
    public void ToJson_Metrics_StayAsTheyAre()
    {
        var metrics = JsonDocument.Parse("""{"accuracy":0.75,"labels":["好"]}""").RootElement;
        var json = JsonNode.Parse((Reports.Mixed with { Metrics = metrics }).ToJson())!;
        Assert.That(JsonNode.DeepEquals(json["metrics"], JsonNode.Parse(metrics.GetRawText())));
    }

    [Test]
    public void ToJson_HostileTexts_ComeBack()
    {
        var check = JsonNode.Parse(Reports.HostileReport.ToJson())!["checks"]![0]!;
        var expected = Reports.Hostile.Replace('\uD800', '\uFFFD')
            .Replace("\uDC00x", "\uFFFDx", StringComparison.Ordinal);
        Assert.That(check["message"]!.GetValue<string>(), Is.EqualTo(expected), "only halves of characters are lost");
        Assert.That(check["measurements"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("Infinity"));
        Assert.That(check["measurements"]![2]!["value"]!.GetValue<double>(), Is.EqualTo(double.MaxValue));
        Assert.That(check["measurements"]![2]!["allowed"]!.GetValue<double>(), Is.EqualTo(double.Epsilon));
    }
}
