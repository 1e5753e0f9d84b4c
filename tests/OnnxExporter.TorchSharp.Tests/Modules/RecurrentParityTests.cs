using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// RNN, GRU and LSTM in all their forms, with and without first states and lengths, against TorchSharp.
/// </summary>
[TestFixture]
public sealed class RecurrentParityTests
{
    private const int Seed = 30;
    private const int Input = 3;
    private const int Hidden = 4;
    private const double Tolerance = 1e-5;

    // Batch and steps: one of each, more of one, more of the other.
    private static readonly (long Batch, long Steps)[] Sizes = [(1, 1), (5, 2), (3, 9)];

    private static readonly Func<long, bool, bool, bool, nn.Module>[] Cells =
    [
        (layers, bias, batchFirst, both) => LSTM(Input, Hidden, layers, bias, batchFirst, 0.3, both),
        (layers, bias, batchFirst, both) => GRU(Input, Hidden, layers, bias, batchFirst, 0.3, both),
        (layers, bias, batchFirst, both) =>
            RNN(Input, Hidden, layers, NonLinearities.Tanh, bias, batchFirst, 0.3, both),
        (layers, bias, batchFirst, both) =>
            RNN(Input, Hidden, layers, NonLinearities.ReLU, bias, batchFirst, 0.3, both),
    ];

    private static readonly string[] Names = ["LSTM", "GRU", "RNN tanh", "RNN relu"];

    private static IEnumerable<TestCaseData> Forms() =>
        from cell in Enumerable.Range(0, Cells.Length)
        from layers in (long[])[1, 3]
        from bias in (bool[])[true, false]
        from batchFirst in (bool[])[true, false]
        from both in (bool[])[true, false]
        select new TestCaseData(cell, layers, bias, batchFirst, both).SetArgDisplayNames(
            Names[cell], $"{layers} layer(s)", bias ? "bias" : "no bias", batchFirst ? "batch first" : "time first",
            both ? "both directions" : "forward");

    [TestCaseSource(nameof(Forms))]
    public void ExportOnnx_SequencesAlone_AllOutputsAreTheModules(
        int cell, long layers, bool bias, bool batchFirst, bool both) =>
        Compare(
            Names[cell], Cells[cell](layers, bias, batchFirst, both),
            new(layers, batchFirst, both, WithStates: false, WithLengths: false));

    [TestCaseSource(nameof(Forms))]
    public void ExportOnnx_FirstStatesAndLengths_AllOutputsAreTheModules(
        int cell, long layers, bool bias, bool batchFirst, bool both) =>
        Compare(
            Names[cell], Cells[cell](layers, bias, batchFirst, both),
            new(layers, batchFirst, both, WithStates: true, WithLengths: true));

    [Test]
    public void ExportOnnx_LengthsAlone_AllOutputsAreTheModules([Range(0, 3)] int cell) =>
        Compare(
            Names[cell], Cells[cell](1, true, true, true),
            new(1, BatchFirst: true, Both: true, WithStates: false, WithLengths: true));

    [Test]
    public void ExportOnnx_OneOfTwoFirstStates_Refused()
    {
        using var lstm = LSTM(Input, Hidden);
        Assert.That(
            () => lstm.ExportOnnx(
                "never.onnx", Sequences(false), new OnnxInput("h_0", ScalarType.Float32, [1, "batch", Hidden])),
            Throws.TypeOf<OnnxExportException>().With.Message.Contains("only one of h_0 and c_0"));
    }

    [Test]
    public void ExportOnnx_FirstStatesOfOtherNames_RefusedRatherThanExchanged()
    {
        using var lstm = LSTM(3, 5, batchFirst: true);
        var error = Assert.Throws<InvalidInputException>(() => lstm.ExportOnnx(
            "never.onnx", new OnnxInput("x", ScalarType.Float32, ["batch", "sequence", 3]),
            new OnnxInput("c0", ScalarType.Float32, [1, "batch", 5]),
            new OnnxInput("h0", ScalarType.Float32, [1, "batch", 5])));
        Assert.That(error!.Message, Does.Contain("input, [h_0], [c_0], [lengths]").And.Contain("'c0'"));
    }

    private static void Compare(string name, nn.Module module, Form form)
    {
        using var scope = NewDisposeScope();
        using var owner = RandomWeights.Fill(module);
        using var file = new TemporaryFile();
        random.manual_seed(Seed);
        var options = new OnnxExportOptions { Verification = Verification.Required };
        var report = module.ExportOnnx(file.Path, options, [.. Inputs(name, form)]);
        string[] names = name == "LSTM" ? ["output", "h_n", "c_n"] : ["output", "h_n"];
        Assert.That(report.Model.Outputs.Select(output => output.Name), Is.EqualTo(names));

        module.eval();
        using var session = new PlainSession(file.Path);
        foreach (var (batch, steps) in Sizes)
        {
            var (inputs, expected) = Run(module, form, batch, steps);
            foreach (var (actual, output) in session.Run(inputs).Zip(expected))
            {
                Assert.That(actual.shape, Is.EqualTo(output.shape));
                var difference = Differences.Largest(actual, output);
                Assert.That(
                    difference, Is.LessThanOrEqualTo(Tolerance), $"batch {batch}, {steps} steps, seed {Seed}");
            }
        }
    }

    private static IEnumerable<OnnxInput> Inputs(string name, Form form)
    {
        Dimension[] states = [form.States, "batch", Hidden];
        yield return Sequences(form.BatchFirst);
        if (form.WithStates)
        {
            yield return new("h_0", ScalarType.Float32, states);
        }

        if (form.WithStates && name == "LSTM")
        {
            yield return new("c_0", ScalarType.Float32, states);
        }

        if (form.WithLengths)
        {
            yield return new("lengths", ScalarType.Int64, ["batch"]);
        }
    }

    private static OnnxInput Sequences(bool batchFirst) =>
        new("x", ScalarType.Float32, batchFirst ? ["batch", "sequence", Input] : ["sequence", "batch", Input]);

    private static (Tensor[] Inputs, Tensor[] Outputs) Run(nn.Module module, Form form, long batch, long steps)
    {
        var x = form.BatchFirst ? randn(batch, steps, Input) : randn(steps, batch, Input);
        var (h, c) = form.WithStates
            ? (randn(form.States, batch, Hidden), randn(form.States, batch, Hidden))
            : (null, null);
        var lengths = form.WithLengths ? randint(1, steps + 1, [batch]) : null;
        var outputs = lengths is null
            ? Whole(module, x, h, c)
            : Packed(module, x, h, c, lengths, form.BatchFirst, steps);
        Tensor?[] inputs = [x, h, module is global::TorchSharp.Modules.LSTM ? c : null, lengths];
        return ([.. inputs.OfType<Tensor>()], outputs);
    }

    private static Tensor[] Whole(nn.Module module, Tensor x, Tensor? h, Tensor? c)
    {
        switch (module)
        {
            case global::TorchSharp.Modules.LSTM lstm:
                var (output, state, cell) = lstm.call(x, h is null ? null : (h, c!));
                return [output, state, cell];
            case global::TorchSharp.Modules.GRU gru:
                var (outputOfGru, stateOfGru) = gru.call(x, h);
                return [outputOfGru, stateOfGru];
            default:
                var (outputOfRnn, stateOfRnn) = ((global::TorchSharp.Modules.RNN)module).call(x, h);
                return [outputOfRnn, stateOfRnn];
        }
    }

    // Each sequence alone, cut at its end, which is what lengths mean.
    private static Tensor[] Packed(
        nn.Module module, Tensor x, Tensor? h, Tensor? c, Tensor lengths, bool batchFirst, long steps)
    {
        var rows = Enumerable.Range(0, (int)lengths.shape[0]).Select(row =>
        {
            var length = lengths[row].item<long>();
            var one = x.narrow(batchFirst ? 0 : 1, row, 1).narrow(batchFirst ? 1 : 0, 0, length);
            return (length, Whole(module, one, h?.narrow(1, row, 1).contiguous(), c?.narrow(1, row, 1).contiguous()));
        }).ToList();
        return [.. Enumerable.Range(0, rows[0].Item2.Length).Select(i => i == 0
            ? cat([.. rows.Select(row => Padded(row.Item2[0], steps - row.length, batchFirst))], batchFirst ? 0 : 1)
            : cat([.. rows.Select(row => row.Item2[i])], 1))];
    }

    private static Tensor Padded(Tensor output, long missing, bool batchFirst) => batchFirst
        ? cat([output, zeros(1, missing, output.shape[2])], 1)
        : cat([output, zeros(missing, 1, output.shape[2])], 0);

    private sealed record Form(long Layers, bool BatchFirst, bool Both, bool WithStates, bool WithLengths)
    {
        public long States => Layers * (Both ? 2 : 1);
    }
}
