using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>RNN, GRU and LSTM.</summary>
internal static class RecurrentConverters
{
    /// <summary>The input that says how long each sequence is.</summary>
    internal const string Lengths = "lengths";

    private static readonly ModulePort[] Ports =
        [new("input"), new("h_0", IsOptional: true), new("c_0", IsOptional: true), new(Lengths, IsOptional: true)];

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        Of<LSTM>("LSTM", [.. Ports], ["output", "h_n", "c_n"], (_, m) => (CellKind.Lstm, RnnNonlinearity.Tanh)),
        Of<GRU>("GRU", WithoutCells, ["output", "h_n"], (_, m) => (CellKind.Gru, RnnNonlinearity.Tanh)),
        Of<RNN>(
            "RNN", WithoutCells, ["output", "h_n"], (_, m) => (CellKind.Rnn, RecurrentProbe.NonlinearityOf(m)),
            ", tanh and relu"),
    ];

    private static ModulePort[] WithoutCells => [.. Ports.Where(port => port.Name != "c_0")];

    /// <summary>Runs a module; its inputs are those of <see cref="LSTM"/>, of which the others have no cells.</summary>
    internal static Tensor[] Run(nn.Module module, IReadOnlyList<Tensor?> inputs) => inputs[3] is { } lengths
        ? RunPacked(module, inputs[0]!, States(inputs), lengths)
        : module switch
        {
            LSTM lstm => Of(lstm.call(inputs[0]!, States(inputs))),
            GRU gru => Of(gru.call(inputs[0]!, inputs[1])),
            RNN rnn => Of(rnn.call(inputs[0]!, inputs[1])),
            _ => throw new ArgumentOutOfRangeException(nameof(module), TypeNames.Of(module), "No recurrent module."),
        };

    private static ModuleConverter Of<TModule>(
        string op, ModulePort[] ports, string[] outputs,
        Func<OnnxScope, TModule, (CellKind, RnnNonlinearity)> cell, string more = "")
        where TModule : nn.Module => new(
            typeof(TModule),
            new(
                "`[sequence, batch, in]`, or batch first; first states and lengths as optional inputs",
                $"layers, both directions, with bias or without, batch_first, dropout{more}",
                "a sequence without a batch",
                $"{op}, Transpose, Reshape; Slice and Concat for several layers; Cast, Range, Less, Where for lengths"),
            ports,
            outputs,
            (scope, module, inputs) => Add(scope, module, cell(scope, (TModule)module), WithCells(ports, inputs)),
            (module, inputs) => Run(module, WithCells(ports, inputs)));

    // Those of GRU and RNN lack the cells in the middle.
    private static T?[] WithCells<T>(ModulePort[] ports, IReadOnlyList<T?> inputs)
        where T : class => ports.Length == Ports.Length ? [.. inputs] : [inputs[0], inputs[1], null, inputs[2]];

    private static OnnxValue[] Add(
        OnnxScope scope, nn.Module module, (CellKind Kind, RnnNonlinearity Nonlinearity) cell, OnnxValue?[] inputs)
    {
        var x = inputs[0]!;
        scope.RequireRank(x, "[sequence, batch, in], or batch first,", 3);
        if (cell.Kind == CellKind.Lstm && inputs[1] is null != inputs[2] is null)
        {
            throw scope.Wrong("it got only one of h_0 and c_0, but both or neither were expected");
        }

        if (inputs[3] is { Type: not ScalarType.Int64 } lengths)
        {
            throw scope.Wrong($"{Lengths} is {lengths}, but Int64 [batch] was expected");
        }

        var layers = RecurrentParameters.Read(module, cell.Kind, cell.Nonlinearity);
        var (graph, name, batchFirst) = (scope.Graph, scope.Name, RecurrentProbe.IsBatchFirst(module));
        var sequences = new RecurrentSequences(
            batchFirst ? graph.Transpose($"{name}/time_first", x.Name, 1, 0, 2) : x.Name,
            inputs[3]?.Name ?? "", inputs[1]?.Name ?? "", inputs[2]?.Name ?? "");
        var outputs = RecurrentStack.Add(graph, name, layers, sequences);
        var states = batchFirst
            ? graph.Transpose($"{name}/batch_first", outputs.AllStates, 1, 0, 2)
            : outputs.AllStates;
        string[] all = [states, outputs.LastState, outputs.LastCell];
        return [.. all.Where(output => output.Length > 0).Select(scope.Value)];
    }

    private static Tensor[] RunPacked(nn.Module module, Tensor x, (Tensor, Tensor)? states, Tensor lengths)
    {
        var batchFirst = RecurrentProbe.IsBatchFirst(module);
        using var packed = nn.utils.rnn.pack_padded_sequence(x, lengths.cpu(), batchFirst, enforce_sorted: false);
        var (output, others) = module switch
        {
            LSTM lstm => Split(lstm.call(packed, states)),
            GRU gru => Split(gru.call(packed, states?.Item1)),
            RNN rnn => Split(rnn.call(packed, states?.Item1)),
            _ => throw new ArgumentOutOfRangeException(nameof(module), TypeNames.Of(module), "No recurrent module."),
        };
        using (output)
        {
            var (padded, _) = nn.utils.rnn.pad_packed_sequence(output, batchFirst, 0, x.shape[batchFirst ? 1 : 0]);
            return [padded, .. others];
        }
    }

    // Of a GRU or RNN the cells are not read.
    private static (Tensor, Tensor)? States(IReadOnlyList<Tensor?> inputs) =>
        inputs[1] is { } state ? (state, inputs[2] ?? state) : null;

    private static Tensor[] Of((Tensor, Tensor, Tensor) outputs) => [outputs.Item1, outputs.Item2, outputs.Item3];

    private static Tensor[] Of((Tensor, Tensor) outputs) => [outputs.Item1, outputs.Item2];

    private static (nn.utils.rnn.PackedSequence, Tensor[]) Split(
        (nn.utils.rnn.PackedSequence, Tensor, Tensor) outputs) =>
        (outputs.Item1, [outputs.Item2, outputs.Item3]);

    private static (nn.utils.rnn.PackedSequence, Tensor[]) Split((nn.utils.rnn.PackedSequence, Tensor) outputs) =>
        (outputs.Item1, [outputs.Item2]);
}
