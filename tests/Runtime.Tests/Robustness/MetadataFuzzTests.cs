using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>Random damage to what a file says about itself: JSON entries and the vocabulary.</summary>
public class MetadataFuzzTests
{
    private const int Seeds = 20_000;

    private static readonly IReadOnlyList<KeyValuePair<string, string>> Valid =
        ModelMetadata.Of(TestModel.Checkpoint).ToProperties();

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "\\u0000", "\\", "-", "1e999", "9223372036854775808", "null", "true", "0.5",
        "'", ".",
        "\0", "\n", "\r\n", "\uD800", "\uFEFF", "<start>", "word3", "cell", "lstm", "maximum_length", "embedding_size",
        "é",
    ];

    [Test]
    public void FromProperties_SeededDamage_IsReadOrRefused()
    {
        var read = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            read += TryRead(Damaged(new Random(seed)), seed) ? 1 : 0;
        }

        Assert.That(read, Is.InRange(1, Seeds - 1), "damage that is always or never seen tests nothing");
    }

    private static bool TryRead(Dictionary<string, string> properties, int seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var metadata = ModelMetadata.FromProperties(properties);
            Assert.That(metadata.Text.MaximumLength, Is.InRange(2, 10_000), $"seed {seed}");
            Assert.That(
                metadata.Labels,
                Has.Count.InRange(LabelScores.MinimumLabels, LabelScores.MaximumLabels),
                $"seed {seed}");
            return true;
        }
        catch (InvalidInputException e)
        {
            Assert.That(e.Message, Does.Contain("onnx_sentiment."), $"seed {seed}");
            return false;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            throw new AssertionException($"seed {seed}: {e}");
        }
        finally
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2_000_000), $"seed {seed}");
        }
    }

    private static Dictionary<string, string> Damaged(Random random)
    {
        var properties = Valid.ToDictionary();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var key = Valid[random.Next(Valid.Count)].Key;
            properties[key] = Damaged(properties[key], random);
        }

        return properties;
    }

    private static string Damaged(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = random.Next(Math.Min(text.Length - at, 20) + 1);
        return random.Next(4) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            _ => text.Remove(at, length).Insert(at, random.GetItems(Pieces, 1)[0]),
        };
    }
}
