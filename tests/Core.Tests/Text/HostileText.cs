using System.Text;

namespace OnnxSentiment.Core.Tests;

/// <summary>Random texts from all that has ever broken a tokenizer; the same seed gives the same text.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "good", "BAD", "don't", "'", "\u2019", "a", "Z", "7", " ", "  ", "\t", "\n", "\r\n", "\v", "\f", "<br />",
        "!", "?", ".", ",", ";", ":", "(", ")", "\"", "#", "$", "%", "&", "*", "+", "-", "/", "<", "=", ">", "@", "[",
        "\\", "]", "^", "_", "`", "{", "|", "}", "~", "\0", "\u0001", "\u001f", "\u007f", "\u0080", "\u0085", "\u00a0",
        "\u00ad", "\u1680", "\u180e", "\u2000", "\u200b", "\u200d", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000",
        "\ufeff", "\ufffd", "\uffff", "É", "é", "İ", "ı", "ß", "\u212a", "e\u0301", "漢字", "שלום", "😀", "👩\u200d🚀",
        "\ud800", "\udbff", "\udc00", "\udfff", "\ud83d", "\ude00",
    ];

    public static string Of(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = random.Next(0, 60); i > 0; i--)
        {
            text.Append(random.Next(10) == 0 ? ((char)random.Next(0x10000)).ToString() : random.GetItems(Pieces, 1)[0]);
        }

        return text.ToString();
    }

    /// <summary>A text with every unit that is not plain ASCII escaped, for failure messages.</summary>
    public static string Escaped(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
}
