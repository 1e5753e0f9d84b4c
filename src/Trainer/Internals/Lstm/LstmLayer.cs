using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Internals.Lstm;

/// <summary>
/// A layer of LSTMs in training: its directions, and parts of the batch where there are more cores than directions, run
/// side by side. Joined to what autograd records before and after it by a <see cref="Tape"/>.
/// </summary>
internal sealed class LstmLayer
{
    private readonly Tensor _input;
    private readonly IReadOnlyList<LstmParameters> _parameters;
    private readonly TorchWorkers _workers;
    private readonly LstmPass[] _passes;
    private readonly int _parts;     // of the batch
    private readonly int _rowsInPart;

    private LstmLayer(IReadOnlyList<LstmParameters> parameters, Tensor input, int[] lengths, Tape tape)
    {
        (_input, _parameters, _workers) = (input, parameters, tape.Workers);
        _rowsInPart = DivideUp(lengths.Length, Math.Clamp(_workers.Count / parameters.Count, 1, lengths.Length));
        _parts = DivideUp(lengths.Length, _rowsInPart);
        _passes = [.. parameters.SelectMany((direction, d) => Parts(lengths).Select(part =>
            new LstmPass(
                direction.Detached(), Rows(input.detach(), part), lengths[part], reverse: d == 1, _workers.Scratch, tape.NextPass())))];
    }

    /// <summary>The states after every step, the directions side by side, in the order of the text; 0 at padding.</summary>
    /// <param name="directions">One or two sets of parameters; the second one reads texts from their ends.</param>
    /// <param name="input"><c>[sequence, batch, input]</c></param>
    /// <param name="lengths">Tokens of each text.</param>
    /// <param name="tape">Learns how gradients pass through.</param>
    /// <returns><c>[sequence, batch, directions·hidden]</c>, in the caller's dispose scope.</returns>
    internal static Tensor AllStates(IReadOnlyList<LstmParameters> directions, Tensor input, int[] lengths, Tape tape)
    {
        var layer = new LstmLayer(directions, input, lengths, tape);
        layer._workers.Run([.. layer._passes.Select(pass => (Action)pass.Forward)]);
        var states = cat([.. layer._passes.Chunk(layer._parts).Select(parts => cat([.. parts.Select(pass => pass.States)], 1))], -1);
        return tape.Cut(states, layer.Backward);
    }

    private void Backward(Tensor stateGradients)
    {
        var gradients = stateGradients.chunk(_parameters.Count, -1)
            .SelectMany(direction => direction.split(_rowsInPart, 1)).Select(part => part.contiguous()).ToArray();
        _workers.Run([.. _passes.Select((pass, i) => (Action)(() => pass.Backward(gradients[i])))]);
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

    private IEnumerable<Range> Parts(int[] lengths) =>
        Enumerable.Range(0, _parts).Select(part => (part * _rowsInPart)..Math.Min((part + 1) * _rowsInPart, lengths.Length));

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private static Tensor Rows(Tensor input, Range rows)
    {
        var (start, count) = rows.GetOffsetAndLength((int)input.shape[1]);
        return input.narrow(1, start, count).contiguous();
    }
}
