using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// A layer of LSTMs in training: its directions, and parts of the batch where there are more cores than directions, run
/// in parallel. Spliced into what autograd records before and after it by <see cref="LstmRecurrence.Attach"/>.
/// </summary>
internal sealed class LstmLayer
{
    private readonly Tensor _input;
    private readonly IReadOnlyList<LstmParameters> _parameters;
    private readonly TorchWorkers _workers;
    private readonly LstmPass[] _passes;
    private readonly int _parts;     // of the batch
    private readonly int _rowsInPart;

    private LstmLayer(IReadOnlyList<LstmParameters> parameters, Tensor input, int[] lengths, LstmRecurrence step)
    {
        (_input, _parameters, _workers) = (input, parameters, step.Workers);
        _rowsInPart = DivideUp(lengths.Length, Math.Clamp(_workers.Count / parameters.Count, 1, lengths.Length));
        _parts = DivideUp(lengths.Length, _rowsInPart);
        _passes = [.. parameters.SelectMany((direction, d) => Parts(lengths).Select(part =>
            new LstmPass(
                direction.Detached(), Rows(input.detach(), part), lengths[part], reverse: d == 1, _workers.Scratch,
                step.NextPass())))];
    }

    /// <summary>
    /// The states after every step, the directions side by side, in the order of the text; 0 at padding.
    /// </summary>
    /// <param name="directions">One or two sets of parameters; the second one reads texts from their ends.</param>
    /// <param name="input"><c>[sequence, batch, input]</c></param>
    /// <param name="lengths">Tokens of each text.</param>
    /// <param name="step">The training step, which learns how gradients pass through.</param>
    /// <returns><c>[sequence, batch, directions·hidden]</c>, in the caller's dispose scope.</returns>
    internal static Tensor AllStates(
        IReadOnlyList<LstmParameters> directions, Tensor input, int[] lengths, LstmRecurrence step)
    {
        var layer = new LstmLayer(directions, input, lengths, step);
        layer._workers.Run([.. layer._passes.Select(pass => (Action)pass.Forward)]);
        return step.Attach(
            layer.Concatenate(pass => pass.States, rows: 1),
            gradient =>
                layer.Backward(layer.PartsOf(gradient, rows: 1), (pass, part) => pass.Backward(part.contiguous())));
    }

    /// <summary>The state of each direction after the last token that it reads, side by side.</summary>
    /// <returns><c>[batch, directions·hidden]</c>, in the caller's dispose scope.</returns>
    /// <inheritdoc cref="AllStates"/>
    internal static Tensor LastStates(
        IReadOnlyList<LstmParameters> directions, Tensor input, int[] lengths, LstmRecurrence step)
    {
        var layer = new LstmLayer(directions, input, lengths, step);
        layer._workers.Run([.. layer._passes.Select(pass => (Action)pass.Forward)]);
        return step.Attach(
            layer.Concatenate(pass => pass.LastStates(), rows: 0),
            gradient => layer.Backward(layer.PartsOf(gradient, rows: 0), (pass, part) => pass.BackwardFromLast(part)));
    }

    private void Backward(Tensor[] gradients, Action<LstmPass, Tensor> backward)
    {
        _workers.Run([.. _passes.Zip(gradients, (pass, gradient) => (Action)(() => backward(pass, gradient)))]);
        foreach (var (parameters, passes) in _parameters.Zip(_passes.Chunk(_parts)))
        {
            foreach (var pass in passes)
            {
                parameters.AddGradients(pass.WeightGradients);
            }
        }

        var directions = _passes.Chunk(_parts).Select(parts => cat([.. parts.Select(pass => pass.InputGradient)], 1));
        _input.backward([directions.Aggregate((sum, direction) => sum.add_(direction))]);
    }

    // Joins what the passes have along the dimension of the rows, then the directions along the last one.
    private Tensor Concatenate(Func<LstmPass, Tensor> of, int rows) =>
        cat([.. _passes.Chunk(_parts).Select(parts => cat([.. parts.Select(of)], rows))], -1);

    // Cuts what Concatenate has joined.
    private Tensor[] PartsOf(Tensor joined, int rows) =>
        [.. joined.chunk(_parameters.Count, -1).SelectMany(direction => direction.split(_rowsInPart, rows))];

    private IEnumerable<Range> Parts(int[] lengths) =>
        Enumerable.Range(0, _parts)
            .Select(part => (part * _rowsInPart)..Math.Min((part + 1) * _rowsInPart, lengths.Length));

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private static Tensor Rows(Tensor input, Range rows)
    {
        var (start, count) = rows.GetOffsetAndLength((int)input.shape[1]);
        return input.narrow(1, start, count).contiguous();
    }
}
