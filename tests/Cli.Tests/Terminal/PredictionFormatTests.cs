using System.Text.Json.Nodes;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli.Tests;

public class PredictionFormatTests
{
    private static readonly string[] Labels = ["negative", "positive"];

    private static readonly SentimentPrediction Prediction = new("positive", 0.75f, 1.0986f);

    // A field named like a result moves aside, and further where the input has that name too.
    [TestCase("""{"text":"x"}""", """{"label":"positive","probability":0.75,"text":"x"}""")]
    [TestCase("""{"label":"pos"}""", """{"label":"positive","probability":0.75,"input_label":"pos"}""")]
    [TestCase(
        """{"input_label":"mine","label":"pos"}""",
        """{"label":"positive","probability":0.75,"input_label":"mine","input_input_label":"pos"}""")]
    [TestCase(
        """{"label":"pos","input_label":"mine","text":"x"}""",
        """{"label":"positive","probability":0.75,"input_label":"pos","input_input_label":"mine","text":"x"}""")]
    [TestCase("""{"probability":1}""", """{"label":"positive","probability":0.75,"input_probability":1}""")]
    public void Json_FieldsOfTheInput_AreAllKept(string fields, string expected)
    {
        var record = new TextRecord("x", JsonNode.Parse(fields)!.AsObject());
        Assert.That(PredictionFormat.Json(record, Prediction, Labels), Is.EqualTo(expected));
    }

    [Test]
    public void Row_LongTextOfManyLines_IsOneShortLine()
    {
        var row = PredictionFormat.Row("first\nsecond\t third " + new string('x', 100), Prediction);
        Assert.That(row, Does.StartWith("positive   0.750  first second third xxx").And.EndsWith("x…"));
        Assert.That(row.Split("  ")[^1], Has.Length.EqualTo(70));
    }
}
