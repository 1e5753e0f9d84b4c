namespace OnnxSentiment.Trainer;

/// <summary>
/// The n-grams of a set of texts, each with a number: runs of 1 to <c>order</c> tokens that stand in at least two of
/// the texts. An n-gram is known by a 64-bit hash of its ids; two of a few million that share one would count as one.
/// Immutable.
/// </summary>
internal sealed class NgramFeatures
{
    private const int MinimumTexts = 2;

    private readonly Dictionary<ulong, int> _numbers;
    private readonly int _order;

    internal NgramFeatures(IReadOnlyList<int[]> texts, int order)
    {
        _order = order;
        var counts = new Dictionary<ulong, int>();
        foreach (var text in texts)
        {
            foreach (var ngram in DistinctNgrams(text))
            {
                counts[ngram] = counts.GetValueOrDefault(ngram) + 1;
            }
        }

        _numbers = counts.Where(ngram => ngram.Value >= MinimumTexts)
            .Select((ngram, number) => KeyValuePair.Create(ngram.Key, number))
            .ToDictionary();
    }

    internal int Count => _numbers.Count;

    /// <summary>The numbers of a text's n-grams, each once.</summary>
    internal int[] Of(int[] text) =>
        [.. DistinctNgrams(text).Select(ngram => _numbers.GetValueOrDefault(ngram, -1)).Where(number => number >= 0)];

    private HashSet<ulong> DistinctNgrams(int[] text)
    {
        var ngrams = new HashSet<ulong>(text.Length * _order);
        for (var start = 0; start < text.Length; start++)
        {
            var hash = 0UL;
            for (var end = start; end < Math.Min(text.Length, start + _order); end++)
            {
                hash = Mix(hash ^ (ulong)(text[end] + 1));
                ngrams.Add(hash);
            }
        }

        return ngrams;
    }

    // The finalizer of splitmix64 (Steele et al., OOPSLA 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
