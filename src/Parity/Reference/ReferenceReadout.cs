using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Parity.ReferenceMath;

namespace OnnxSentiment.Parity;

/// <summary>From the states of all steps of one text to the vector that the classifier sees.</summary>
internal sealed class ReferenceReadout
{
    private readonly ModelConfig _model;
    private readonly ReferenceMatrix? _projection;
    private readonly double[] _projectionBias = [];
    private readonly ReferenceMatrix? _context;

    internal ReferenceReadout(Checkpoint checkpoint)
    {
        _model = checkpoint.Config.Model;
        if (_model.Readout == ReadoutKind.Attention)
        {
            _projection = ReferenceMatrix.Of(checkpoint, WeightNames.AttentionProjection);
            _projectionBias = ReferenceMatrix.VectorOf(checkpoint, WeightNames.AttentionProjectionBias);
            _context = ReferenceMatrix.Of(checkpoint, WeightNames.AttentionContext);
        }
    }

    internal double[] Of(double[][] states) => _model.Readout switch
    {
        ReadoutKind.Last => Last(states),
        ReadoutKind.Max => Combine(states, component => component.Max()),
        ReadoutKind.Mean => Combine(states, component => component.Average()),
        ReadoutKind.MaxMean =>
            [.. Combine(states, component => component.Max()), .. Combine(states, component => component.Average())],
        ReadoutKind.Attention => Attention(states),
        var readout => throw new InvalidOperationException($"Unknown readout {readout}."),
    };

    // The forward direction has read the whole text at its last step, the backward direction at its first.
    private double[] Last(double[][] states) => [.. states[^1][.._model.HiddenSize], .. states[0][_model.HiddenSize..]];

    private static double[] Combine(double[][] states, Func<IEnumerable<double>, double> combine) =>
        [.. Enumerable.Range(0, states[0].Length).Select(i => combine(states.Select(state => state[i])))];

    private double[] Attention(double[][] states)
    {
        var scores = states
            .Select(h => _context!.Times([.. Plus(_projection!.Times(h), _projectionBias).Select(Math.Tanh)])[0])
            .ToArray();
        var shares = Softmax(scores);
        return [.. Enumerable.Range(0, states[0].Length)
            .Select(i => states.Zip(shares, (state, share) => share * state[i]).Sum())];
    }
}
