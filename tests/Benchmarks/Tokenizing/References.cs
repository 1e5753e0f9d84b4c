using System.Text;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// What our encoder is measured beside: two yardsticks of the machine, and how the same is done without a library.
/// </summary>
internal sealed class References
{
    private const string Marks = "!?.,;:()\""; // tokens of their own in the model that ships
    private const string Separators = " #$%&*+-/<=>@[\\]^_`{|}~\t\n\r";

    private static readonly char[] SeparatorList = Separators.ToCharArray();
    private static readonly (string Mark, string Apart)[] MarksApart =
        [.. Marks.Select(mark => ($"{mark}", $" {mark} "))];

    private readonly Dictionary<string, long> _ids;
    private readonly bool[] _isSeparator = new bool[128];

    public References(Vocabulary vocabulary)
    {
        _ids = vocabulary.Tokens.Select((token, id) => (token, id))
            .ToDictionary(entry => entry.token, entry => (long)entry.id);
        foreach (var separator in Separators + Marks)
        {
            _isSeparator[separator] = true;
        }
    }

    /// <summary>Reads every character once, in vector registers.</summary>
    public static int CountBytes(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>Looks every character up in a table, one after the other, and counts where words begin.</summary>
    public int CountWords(string text)
    {
        var words = 0;
        var wasSeparator = true;
        foreach (var c in text)
        {
            var isSeparator = c < _isSeparator.Length && _isSeparator[c];
            words += wasSeparator && !isSeparator ? 1 : 0;
            wasSeparator = isSeparator;
        }

        return words;
    }

    /// <summary>Strings for everything: lower case, spaces around each mark, split, look up.</summary>
    public long[] EncodeWithStrings(string text)
    {
        var spaced = MarksApart.Aggregate(
            text.ToLowerInvariant(), (all, mark) => all.Replace(mark.Mark, mark.Apart, StringComparison.Ordinal));
        return
        [
            Vocabulary.StartId,
            .. spaced.Split(SeparatorList, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => _ids.GetValueOrDefault(word, Vocabulary.UnknownId)),
        ];
    }
}
