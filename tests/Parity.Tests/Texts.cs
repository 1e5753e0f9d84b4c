using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What tests of graphs that read texts share.</summary>
internal static class Texts
{
    /// <summary>A small network of random weights with a vocabulary of one's own.</summary>
    internal static Checkpoint Checkpoint(
        TokenizerKind tokenizer, Vocabulary vocabulary, int maximumLength, int seed = 41)
    {
        var random = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed, vocabulary.Count, maximumLength);
        var config = random.Config with { Text = random.Config.Text with { Tokenizer = tokenizer } };
        return new Checkpoint(config, vocabulary, random.Weights);
    }

    /// <summary>Compares the ids of graph and encoder in batches, and returns their number.</summary>
    internal static int AssertSameIds(
        TextGraph graph, TextEncoder encoder, IReadOnlyList<string> texts, int textsAtOnce, string message = "")
    {
        var count = 0;
        foreach (var batch in texts.Chunk(textsAtOnce))
        {
            foreach (var (text, actual) in batch.Zip(graph.Ids(batch)))
            {
                var expected = encoder.Encode(text);
                count += expected.Length;
                if (!actual.AsSpan().SequenceEqual(expected))
                {
                    Assert.Fail(
                        $"'{Escaped(text)}' has the ids [{string.Join(' ', actual)}], " +
                        $"but the encoder has [{string.Join(' ', expected)}]. {message}");
                }
            }
        }

        return count;
    }

    /// <summary>A text with every unit that is not plain ASCII escaped.</summary>
    internal static string Escaped(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
}
