using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// A small recurrent classifier in plain C# and double precision, by the formulas of torch.nn.RNN, GRU and LSTM, whose
/// states can be pushed at one step: central differences then give the derivative of the loss by that state.
/// </summary>
internal sealed class PlainRecurrence(CellKind cell, IReadOnlyDictionary<string, SafetensorsTensor> weights)
{
    private const double Distance = 1e-5;

    private readonly int _size = (int)weights["recurrent.weight_hh_l0"].Shape[1];

    private sealed record Push(int Step, int Unit, bool OfCell, double By);

    /// <summary>‖∂L/∂h‖ of the state after a step.</summary>
    internal double HiddenNorm(long[] text, float[] target, int step) => Norm(text, target, step, ofCell: false);

    /// <summary>‖∂L/∂c‖ of the LSTM's cell state after a step, whose h is held.</summary>
    internal double CellNorm(long[] text, float[] target, int step) => Norm(text, target, step, ofCell: true);

    private double Norm(long[] text, float[] target, int step, bool ofCell)
    {
        return Math.Sqrt(Enumerable.Range(0, _size).Select(
            unit => (Pushed(unit, Distance) - Pushed(unit, -Distance)) / (2 * Distance)).Sum(slope => slope * slope));

        double Pushed(int unit, double by) => Loss(text, target, new Push(step, unit, ofCell, by));
    }

    private double Loss(long[] text, float[] target, Push push)
    {
        var (h, c) = (new double[_size], new double[_size]);
        for (var step = 0; step < text.Length; step++)
        {
            (h, c) = Step(text[step], h, c, push.Step == step ? push : null);
        }

        return CrossEntropy(Sum(Times("classifier.weight", h), Values("classifier.bias")), target);
    }

    private (double[] Hidden, double[] Cell) Step(long id, double[] h, double[] c, Push? push)
    {
        var x = Values("embedding.weight").Chunk((int)weights["embedding.weight"].Shape[1]).ElementAt((int)id);
        var fromInput = Sum(Times("recurrent.weight_ih_l0", x), Values("recurrent.bias_ih_l0"));
        var fromState = Sum(Times("recurrent.weight_hh_l0", h), Values("recurrent.bias_hh_l0"));
        double[] Gate(double[] all, int gate) => all[(gate * _size)..((gate + 1) * _size)];
        double[] Both(int gate) => Sum(Gate(fromInput, gate), Gate(fromState, gate));

        double[] next;
        switch (cell)
        {
            case CellKind.Lstm:
                var (i, f, g, o) =
                    (Each(Both(0), Sigmoid), Each(Both(1), Sigmoid), Each(Both(2), Math.Tanh), Each(Both(3), Sigmoid));
                c = Sum(Product(f, c), Product(i, g));
                next = Product(o, Each(c, Math.Tanh));
                break;
            case CellKind.Gru:
                var (r, z) = (Each(Both(0), Sigmoid), Each(Both(1), Sigmoid));
                var n = Each(Sum(Gate(fromInput, 2), Product(r, Gate(fromState, 2))), Math.Tanh);
                next = Sum(Product(Each(z, value => 1 - value), n), Product(z, h));
                break;
            default:
                next = Each(Both(0), Math.Tanh);
                break;
        }

        return (Pushed(next, push, ofCell: false), Pushed(c, push, ofCell: true));
    }

    private static double[] Pushed(double[] state, Push? push, bool ofCell) =>
        push is null || push.OfCell != ofCell
            ? state
            : [.. state.Select((value, unit) => unit == push.Unit ? value + push.By : value)];

    // One output: -p·ln σ(z) - (1-p)·ln(1-σ(z)); more: -Σ p·ln softmax(z).
    private static double CrossEntropy(double[] logits, float[] target) => logits.Length == 1
        ? -(target[0] * Math.Log(Sigmoid(logits[0]))) - ((1.0 - target[0]) * Math.Log(1 - Sigmoid(logits[0])))
        : -logits.Zip(target, (logit, share) => share * (logit - Math.Log(logits.Sum(Math.Exp)))).Sum();

    private double[] Values(string name) => [.. weights[name].AsFloats().ToArray().Select(value => (double)value)];

    private double[] Times(string name, double[] vector) =>
        [.. Values(name).Chunk(vector.Length).Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Product(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x * y)];

    private static double[] Each(double[] values, Func<double, double> function) => [.. values.Select(function)];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
