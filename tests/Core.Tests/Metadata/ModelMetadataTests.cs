using System.Globalization;

namespace OnnxSentiment.Core.Tests;

public class ModelMetadataTests
{
    private static readonly string[] Keys =
    [
        "onnx_sentiment.version", "onnx_sentiment.model", "onnx_sentiment.text",
        "onnx_sentiment.labels", "onnx_sentiment.metrics", "onnx_sentiment.vocabulary",
    ];

    [Test]
    public void ToProperties_Checkpoint_HasTheSixEntriesInOrder() =>
        Assert.That(ModelMetadata.Of(Examples.Checkpoint).ToProperties().Select(entry => entry.Key), Is.EqualTo(Keys));

    [Test]
    public void FromProperties_WrittenProperties_IsTheSame()
    {
        var metadata = ModelMetadata.Of(Examples.Checkpoint);
        var read = ModelMetadata.FromProperties(Properties());
        Assert.That(read.Version, Is.EqualTo(metadata.Version).And.Match(@"^\d+\.\d+\.\d+$"));
        Assert.That(read.Model, Is.EqualTo(metadata.Model));
        Assert.That(read.Text, Is.EqualTo(metadata.Text));
        Assert.That(read.Labels, Is.EqualTo(metadata.Labels));
        Assert.That(read.Metrics, Is.EquivalentTo(metadata.Metrics));
        Assert.That(read.Vocabulary.Tokens, Is.EqualTo(metadata.Vocabulary.Tokens));
        Assert.That(read.ToProperties(), Is.EqualTo(metadata.ToProperties()));
    }

    [Test]
    public void ToProperties_MetricsInAnyOrder_GivesTheSameText()
    {
        var ab = ModelMetadata.Of(Examples.Checkpoint) with
        {
            Metrics = new Dictionary<string, double> { ["a"] = 1, ["b"] = 2 },
        };
        var ba = ab with { Metrics = new Dictionary<string, double> { ["b"] = 2, ["a"] = 1 } };
        Assert.That(ba.ToProperties(), Is.EqualTo(ab.ToProperties()));
    }

    [Test]
    public void ToProperties_CultureWithDecimalComma_GivesTheSameText()
    {
        var expected = Properties();
        using (new DecimalComma())
        {
            Assert.That($"{0.5}", Is.EqualTo("0,5"), "the culture is in force");
            Assert.That(Properties(), Is.EqualTo(expected));
            Assert.That(ModelMetadata.FromProperties(expected).Model.ReadoutDropout, Is.EqualTo(0.5));
            Assert.That(
                () => ModelMetadata.FromProperties(With("onnx_sentiment.model", """{"readout_dropout": 1.5}""")),
                Throws.InstanceOf<InvalidInputException>().With.Message.Contains(
                    "readout_dropout is 1.5, but has to lie between 0 and 0.99"));
        }
    }

    [Test]
    public void ToProperties_SmallerPrecision_IsTheLastEntryAndReadsBack()
    {
        var smaller = ModelMetadata.Of(Examples.Checkpoint) with { Precision = Precision.Int8 };
        Assert.That(
            smaller.ToProperties().Select(entry => entry.Key), Is.EqualTo(Keys.Append("onnx_sentiment.precision")));
        Assert.That(
            ModelMetadata.FromProperties(smaller.ToProperties().ToDictionary()).Precision, Is.EqualTo(Precision.Int8));
        Assert.That(ModelMetadata.FromProperties(Properties()).Precision, Is.EqualTo(Precision.Float32));
    }

    [TestCaseSource(nameof(Keys))]
    public void FromProperties_MissingKey_NamesItAndTheFoundOnes(string key)
    {
        var properties = Properties();
        properties.Remove(key);
        AssertRefused(properties, $"no entry '{key}' (found: {string.Join(", ", Keys.Where(k => k != key))})");
    }

    [Test]
    public void FromProperties_NoMetadata_SaysWhatWasExpected() =>
        AssertRefused(
            [], "no entry 'onnx_sentiment.version' (found: none); a model of `onnx-sentiment export` was expected");

    [TestCase("model", "{", "its text cannot be read")]
    [TestCase("model", "", "its text cannot be read")]
    [TestCase("model", "null", "holds null")]
    [TestCase("model", """{"hiden_size": 2}""", "Known keys: cell, nonlinearity,")]
    [TestCase("model", """{"cell": "transformer"}""", "Known values: rnn, gru, lstm, bag.")]
    [TestCase("model", """{"layers": 9}""", "layers is 9, but has to lie between 1 and 4")]
    [TestCase("text", """{"tokenizer": 0}""", "Known values: keras, keras-punctuation.")]
    [TestCase("text", """{"maximum_length": 0}""", "maximum_length is 0")]
    [TestCase("labels", "{}", "its text cannot be read")]
    [TestCase("labels", "null", "holds null")]
    [TestCase("labels", """["a", null]""", "has to name 2 to 1000 different classes")]
    [TestCase("labels", """["a"]""", "labels is [a], but has to name 2 to 1000 different classes")]
    [TestCase("metrics", """{"accuracy": "high"}""", "$.accuracy")]
    [TestCase("metrics", """{"accuracy": NaN}""", "its text cannot be read")]
    [TestCase("metrics", """{"accuracy": 1e999}""", "metrics.accuracy is Infinity, but has to be a finite number")]
    [TestCase("precision", "foo", "precision is 'foo', but one of float32, fp16, int8 was expected")]
    [TestCase("vocabulary", "the\nfilm\n", "its first lines have to be '<padding> <start> <unknown>'")]
    public void FromProperties_DamagedEntry_NamesItAndTheDefect(string key, string value, string defect) =>
        AssertRefused(
            With($"onnx_sentiment.{key}", value),
            $"The metadata entry 'onnx_sentiment.{key}' cannot be used: ",
            defect);

    // Not among the cases above: attributes are stored as UTF-8.
    [Test]
    public void FromProperties_HalfASurrogatePair_SaysSo() =>
        AssertRefused(
            With("onnx_sentiment.labels", "[\"a\", \"\ud800\"]"), "'onnx_sentiment.labels'", "half a surrogate pair");

    private static Dictionary<string, string> Properties() =>
        ModelMetadata.Of(Examples.Checkpoint).ToProperties().ToDictionary();

    private static Dictionary<string, string> With(string key, string value) => new(Properties()) { [key] = value };

    private static void AssertRefused(Dictionary<string, string> properties, params string[] parts)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => ModelMetadata.FromProperties(properties))!;
        foreach (var part in parts)
        {
            Assert.That(refusal.Message, Does.Contain(part));
        }
    }

    /// <summary>
    /// A culture that writes 0,5: made by hand, since named ones are missing under globalization-invariant mode.
    /// </summary>
    private sealed class DecimalComma : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public DecimalComma()
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "\u2212";
            CultureInfo.CurrentCulture = culture;
        }

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
