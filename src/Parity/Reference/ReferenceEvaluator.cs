using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// Computes a checkpoint in plain C# and double precision, each text by itself, straight from the formulas of PyTorch's
/// documentation (docs.pytorch.org: torch.nn.RNN, GRU, LSTM, Linear) and, for attention, of Yang et al., NAACL 2016. It
/// reads the checkpoint's own layout and shares no code with the exporter, so that a mistake in one of both shows.
/// Plain before fast. Thread-safe.
/// </summary>
public sealed class ReferenceEvaluator
{
    private readonly ModelConfig _model;
    private readonly ReferenceMatrix _embedding;
    private readonly ReferenceCell[][] _layers;
    private readonly ReferenceReadout _readout;
    private readonly double[]? _bagBias;
    private readonly ReferenceMatrix _classifier;
    private readonly double[] _classifierBias;

    /// <summary>Takes the weights of a checkpoint.</summary>
    public ReferenceEvaluator(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        _model = checkpoint.Config.Model;
        _embedding = ReferenceMatrix.Of(checkpoint, WeightNames.Embedding);
        var layers = _model.IsRecurrent ? _model.Layers : 0;
        _layers = [.. Enumerable.Range(0, layers).Select(layer => CellsOf(checkpoint, layer))];
        _readout = new ReferenceReadout(checkpoint);
        _bagBias = _model.IsRecurrent ? null : ReferenceMatrix.VectorOf(checkpoint, WeightNames.HiddenBias);
        _classifier = ReferenceMatrix.Of(checkpoint, WeightNames.Classifier);
        _classifierBias = ReferenceMatrix.VectorOf(checkpoint, WeightNames.ClassifierBias);
    }

    /// <summary>The evaluator as a runner, under the name <c>reference</c>.</summary>
    public Runner ToRunner() => new("reference", Run);

    /// <summary>Computes a batch, several texts at a time; padding is not even looked at.</summary>
    public ModelOutputs Run(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var logits = new double[batch.Count][];
        Parallel.For(0, batch.Count, row => logits[row] = Logits(batch[row]));
        return new ModelOutputs(
            [.. logits.SelectMany(row => row)], [.. logits.SelectMany(ToProbabilities)], _classifierBias.Length);
    }

    private static ReferenceCell[] CellsOf(Checkpoint checkpoint, int layer) =>
        [.. Enumerable.Range(0, checkpoint.Config.Model.Directions)
            .Select(direction => ReferenceCell.Of(checkpoint, WeightNames.Recurrent(layer, reverse: direction == 1)))];

    // Written out here as well, so that nothing is shared with what is compared.
    private static double[] ToProbabilities(double[] logits) =>
        logits.Length == 1 ? [ReferenceMath.Sigmoid(logits[0])] : ReferenceMath.Softmax(logits);

    private double[] Logits(ReadOnlySpan<long> ids)
    {
        var steps = new double[ids.Length][];
        for (var t = 0; t < ids.Length; t++)
        {
            steps[t] = _embedding.Row(ids[t]);
        }

        foreach (var cells in _layers)
        {
            steps = RunLayer(cells, steps);
        }

        var features = _readout.Of(steps);
        if (_bagBias is not null)
        {
            features = [.. ReferenceMath.Plus(features, _bagBias).Select(x => Math.Max(0, x))];
        }

        return ReferenceMath.Plus(_classifier.Times(features), _classifierBias);
    }

    private static double[][] RunLayer(ReferenceCell[] cells, double[][] steps)
    {
        var forward = RunDirection(cells[0], steps);
        if (cells.Length == 1)
        {
            return forward;
        }

        // The backward direction reads the text from its end; its states are then put back beside the forward ones.
        var backward = RunDirection(cells[1], [.. steps.Reverse()]).Reverse().ToArray();
        return [.. forward.Zip(backward, (f, b) => (double[])[.. f, .. b])];
    }

    private static double[][] RunDirection(ReferenceCell cell, double[][] steps)
    {
        var state = cell.InitialState();
        var outputs = new double[steps.Length][];
        for (var t = 0; t < steps.Length; t++)
        {
            state = cell.Step(steps[t], state);
            outputs[t] = state.Hidden;
        }

        return outputs;
    }
}
