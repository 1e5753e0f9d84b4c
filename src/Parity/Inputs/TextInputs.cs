using System.Text;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>Texts to compare two computations on.</summary>
/// <param name="Name">What reports call the batch.</param>
/// <param name="Texts">The texts.</param>
public sealed record NamedTexts(string Name, IReadOnlyList<string> Texts);

/// <summary>
/// Seeded random texts that reach the places where a graph that tokenizes goes wrong: no token at all, more than are
/// kept, unequal numbers of them, every separator, letters beyond ASCII, halves of surrogate pairs, NUL; and every word
/// of the vocabulary, so that every row of the embedding is used.
/// </summary>
public static class TextInputs
{
    internal const string OrdinaryTexts = "ordinary texts";
    internal const string HostileTexts = "hostile texts";

    private const int LargeBatch = 7;

    private static readonly string[] Pieces =
    [
        "good", "BAD", "Don't", "'", "\u2019", "\ta", "Z\n", " 7", "\r\n", "\v", "\f", "<br />", "!", "?!", "...",
        ",;:", "(", ")", "\"", "#$%&*+-/<=>@[\\]^_`{|}~", "\0", "x\0y", "\u0001", "\u001c", "\u001f", "\u007f",
        "\u0085", "\u00a0", "\u00ad", "\u1680", "\u180e", "\u2000", "\u200a", "\u200b", "\u2028", "\u2029", "\u202f",
        "\u205f", "\u3000", "\ufeff", "\ufffd", "\uffff", "É", "é", "İ", "ı", "ß", "ẞ", "Σ", "\u212a", "e\u0301", "Ж",
        "漢字", "שלום", "😀", "𐐀", "\ud800", "\udbff", "\udc00", "\udfff",
    ];

    /// <summary>Whether a model reads texts and not ids.</summary>
    public static bool AreReadBy(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Graph.Input.Any(input => input.Name == GraphNames.Text);
    }

    /// <summary>Makes the batches; the same arguments always give the same.</summary>
    /// <param name="seed">Starts the random numbers; reports should name it.</param>
    /// <param name="settings">Says how many tokens are kept.</param>
    /// <param name="vocabulary">Where most of the words come from.</param>
    public static IReadOnlyList<NamedTexts> Create(int seed, TextSettings settings, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var random = new Random(seed);
        var kept = settings.MaximumLength - 1;
        return
        [
            new("one empty text", [""]),
            new("nothing but texts without a token", ["", " ", "\u2003\u3000", "--", "#"]),
            new("one text of as many tokens as are kept", [Words(random, vocabulary, kept)]),
            new("one text of a token too many", [Words(random, vocabulary, kept + 1)]),
            new(
                OrdinaryTexts,
                [.. Numbers(LargeBatch).Concat([0, 3 * kept, kept]).Select(count => Words(random, vocabulary, count))]),
            new(HostileTexts, [.. Enumerable.Range(0, 2 * LargeBatch).Select(_ => Hostile(random, vocabulary)), ""]),
            new(
                "a text of very long tokens",
                [new string('a', 129), $"{new string('ä', 5_000)} {new string('B', 500)}", "good"]),
            .. EveryWord(random, vocabulary, kept),
        ];

        IEnumerable<int> Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 2 * kept))];
    }

    /// <summary>One text of words and of whatever has broken a tokenizer, with separators and without.</summary>
    public static string Hostile(Random random, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var text = new StringBuilder();
        for (var i = random.Next(60); i > 0; i--)
        {
            text.Append(random.Next(8) switch
            {
                0 => ((char)random.Next(char.MaxValue + 1)).ToString(),
                1 or 2 => Word(random, vocabulary),
                3 => " ",
                _ => Pieces[random.Next(Pieces.Length)],
            });
        }

        return text.ToString();
    }

    // Last of all, so that the texts before are the same in every version: files store some of them.
    private static IEnumerable<NamedTexts> EveryWord(Random random, Vocabulary vocabulary, int kept)
    {
        string[] words = [.. vocabulary.Tokens.Skip(Vocabulary.FirstWordId)];
        random.Shuffle(words);
        return words.Chunk(kept).Select(chunk => string.Join(' ', chunk)).Chunk(LargeBatch)
            .Select((texts, part) => new NamedTexts($"every word, part {part + 1}", texts));
    }

    private static string Words(Random random, Vocabulary vocabulary, int count) =>
        string.Join(' ', Enumerable.Range(0, count)
            .Select(_ => random.Next(10) == 0 ? "unheard-of"[..random.Next(1, 7)] : Word(random, vocabulary)));

    private static string Word(Random random, Vocabulary vocabulary)
    {
        var word = vocabulary.Tokens[random.Next(Vocabulary.FirstWordId, vocabulary.Count)];
        return random.Next(4) == 0 ? word.ToUpperInvariant() : word;
    }
}
