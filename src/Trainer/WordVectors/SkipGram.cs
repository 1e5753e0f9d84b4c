namespace OnnxSentiment.Trainer;

/// <summary>
/// Word vectors by skip-gram with negative sampling (Mikolov et al., NIPS 2013). The texts are dealt to a fixed number
/// of shards that learn side by side and share what they learned now and then, so that the same texts, settings and
/// seed give the same vectors on any number of threads.
/// </summary>
internal sealed class SkipGram
{
    // Threads that can be used; a property of the result, not of the machine.
    private const int Shards = 4;

    // Words times the window. Few enough that the changes of all shards can be added up, as no vector then goes far in
    // between.
    private const int NeighboursBetweenMerges = 40_000;

    private const float LowestRateShare = 1e-3f;

    private readonly IReadOnlyList<int[]> _texts;
    private readonly VectorSettings _settings;
    private readonly int _seed;
    private readonly VectorTable _vectors;
    private readonly SharedTable _words;
    private readonly SharedTable _outputs;
    private readonly SkipGramShard[] _shards;
    private long _wordsLearned;

    private SkipGram(IReadOnlyList<int[]> texts, int vocabularySize, int size, VectorSettings settings, int seed)
    {
        (_texts, _settings, _seed) = (texts, settings, seed);
        _vectors = InitialVectors(vocabularySize, size, seed);
        _words = new SharedTable(_vectors, Shards);
        _outputs = new SharedTable(new VectorTable(vocabularySize, size), Shards);
        var frequencies = new WordFrequencies(texts, vocabularySize, settings.VectorSubsampling);
        _shards = [.. Enumerable.Range(0, Shards).Select(shard => new SkipGramShard(
            _words.CopyOf(shard), _outputs.CopyOf(shard), frequencies, settings,
            (ulong)((seed * (long)Shards) + shard)))];
    }

    /// <summary>Learns a vector for each id.</summary>
    /// <param name="texts">The ids of whole texts.</param>
    /// <param name="vocabularySize">The number of ids.</param>
    /// <param name="size">Components of a vector.</param>
    /// <param name="settings">The method's settings.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="onProgress">Is told the share that is done, from 0 to 1.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>
    /// Row by row, <c>[vocabularySize, size]</c>; an id that is in no text keeps its small random vector.
    /// </returns>
    internal static float[] Learn(
        IReadOnlyList<int[]> texts, int vocabularySize, int size, VectorSettings settings, int seed,
        Action<double> onProgress, ParallelOptions options)
    {
        var skipGram = new SkipGram(texts, vocabularySize, size, settings, seed);
        for (var epoch = 0; epoch < settings.VectorEpochs; epoch++)
        {
            skipGram.LearnOnce(epoch, onProgress, options);
        }

        return [.. Enumerable.Range(0, vocabularySize).SelectMany(id => skipGram._vectors.Components(id).ToArray())];
    }

    /// <summary>The learning rate after a share of all words of all epochs.</summary>
    internal static float RateAt(VectorSettings settings, double done) =>
        (float)settings.VectorRate * Math.Max(LowestRateShare, 1 - (float)done);

    private static VectorTable InitialVectors(int rows, int size, int seed)
    {
        var random = new RandomSequence((ulong)seed);
        var table = new VectorTable(rows, size);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var component in table.Components(row))
            {
                component = (random.NextUnit() - 0.5f) / size;
            }
        }

        return table;
    }

    private void LearnOnce(int epoch, Action<double> onProgress, ParallelOptions options)
    {
        var order = Enumerable.Range(0, _texts.Count).ToArray();
        new Random(_seed + epoch).Shuffle(order);
        var allWords = (double)_texts.Sum(text => (long)text.Length) * _settings.VectorEpochs;
        foreach (var hands in Deal(order))
        {
            var done = _wordsLearned / allWords;
            var rate = RateAt(_settings, done);
            Parallel.For(0, Shards, options, shard => LearnHand(_shards[shard], hands[shard], rate));
            _words.Merge(options);
            _outputs.Merge(options);
            _wordsLearned += hands.Sum(hand => hand.Sum(text => (long)_texts[text].Length));
            onProgress(done);
        }
    }

    private void LearnHand(SkipGramShard shard, List<int> hand, float rate)
    {
        foreach (var text in hand)
        {
            shard.Learn(_texts[text], rate);
        }
    }

    // For each round, texts of some thousand words for each shard.
    private IEnumerable<List<int>[]> Deal(int[] order)
    {
        for (var next = 0; next < order.Length;)
        {
            var hands = new List<int>[Shards];
            for (var shard = 0; shard < Shards; shard++)
            {
                hands[shard] = [];
                for (var words = 0; next < order.Length
                    && words < NeighboursBetweenMerges / _settings.VectorWindow; next++)
                {
                    hands[shard].Add(order[next]);
                    words += _texts[order[next]].Length;
                }
            }

            yield return hands;
        }
    }
}
