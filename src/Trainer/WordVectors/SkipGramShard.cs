using System.Numerics;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Learns from some of the texts. For every word, its neighbors' vectors are drawn towards the word and away from a
/// few words drawn at random, the same ones for all neighbors, so that their rows are read from the cache.
/// </summary>
internal sealed class SkipGramShard(
    SharedTable.Copy words, SharedTable.Copy outputs, WordFrequencies frequencies, VectorSettings settings, ulong seed)
{
    private readonly List<int> _kept = [];
    private readonly int[] _targets = new int[1 + settings.VectorNegatives];
    private RandomSequence _random = new(seed);

    internal void Learn(ReadOnlySpan<int> text, float rate)
    {
        _kept.Clear();
        foreach (var id in text)
        {
            if (!frequencies.IsSkipped(id, ref _random))
            {
                _kept.Add(id);
            }
        }

        for (var position = 0; position < _kept.Count; position++)
        {
            LearnAt(position, rate);
        }
    }

    private void LearnAt(int position, float rate)
    {
        _targets[0] = _kept[position];
        for (var i = 1; i < _targets.Length; i++)
        {
            _targets[i] = frequencies.DrawNegative(ref _random);
        }

        var reach = 1 + _random.Next(settings.VectorWindow);
        var end = Math.Min(_kept.Count - 1, position + reach);
        for (var neighbour = Math.Max(0, position - reach); neighbour <= end; neighbour++)
        {
            if (neighbour != position)
            {
                Learn(words.RowToChange(_kept[neighbour]), rate);
            }
        }
    }

    // One step of gradient descent on -log σ(v·u₀) - Σ log σ(-v·uᵢ), in which a negative that is the word itself is no
    // one.
    private void Learn(Span<Vector<float>> word, float rate)
    {
        Span<Vector<float>> change = stackalloc Vector<float>[word.Length];
        change.Clear();
        for (var i = 0; i < _targets.Length; i++)
        {
            if (i > 0 && _targets[i] == _targets[0])
            {
                continue;
            }

            var output = outputs.RowToChange(_targets[i]);
            var error = (i == 0 ? 1f : 0f) - Sigmoid(VectorTable.Dot(word, output));
            VectorTable.Add(change, rate * error, output);
            VectorTable.Add(output, rate * error, word);
        }

        VectorTable.Add(word, 1, change);
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
