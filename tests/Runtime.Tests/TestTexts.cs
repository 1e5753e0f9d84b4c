using System.Text;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>Seeded random texts, and texts that break what is careless.</summary>
internal static class TestTexts
{
    /// <summary>Texts that are well known for trouble.</summary>
    public static readonly IReadOnlyList<string> Hostile =
    [
        "",
        " \t\r\n",
        "\0",
        "word3\0word4",
        "\uD800",
        "word5 \uDFFF word6",
        "\uDC00\uD800 reversed",
        "word7\u00A0word8\u3000word9",
        "e\u0301 \u202Eword10\u202C \uFEFFword11",
        "👩‍👩‍👧‍👦 word12 🏳️‍🌈",
        "<br /><padding> <start> <unknown>",
        new string('!', 10_000),
        new string('x', 100_000),
        string.Concat(Enumerable.Repeat("word13 ", 1_000)),
    ];

    /// <summary>
    /// Texts of 0 to 30 words, most of them in the vocabulary, some of them with random UTF-16 units.
    /// </summary>
    public static string[] Random(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Random(random))];
    }

    private static string Random(Random random)
    {
        var text = new StringBuilder();
        for (var words = random.Next(31); words > 0; words--)
        {
            _ = random.Next(10) == 0
                ? text.Append((char)random.Next(0x10000)).Append((char)random.Next(0xD800, 0xE000))
                : text.Append($"word{random.Next(3, 55)}");
            text.Append(random.Next(5) == 0 ? ", " : " ");
        }

        return text.ToString();
    }
}
