using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// What ONNX Runtime's kernels give at most here: texts of similar length in batches of about 1,200 ids, tokenized,
/// sorted and laid out before the clock starts, one single-threaded run a core. Our list does all of that within its
/// time.
/// </summary>
internal sealed class BareBatches : InProcess
{
    private const int BatchIds = 1_200;

    private static readonly string[] Inputs = [GraphNames.InputIds];
    private static readonly string[] Outputs = [GraphNames.Probability];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<(OrtValue Ids, int[] Positions)> _batches = [];

    public BareBatches(IReadOnlyList<string> texts, string path, TextEncoder encoder)
        : base(texts)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, EnableMemoryPattern = false };
        _session = new InferenceSession(path, options);
        var encoded = texts.Select(text => encoder.Encode(text)).ToList();
        var order = Enumerable.Range(0, encoded.Count).OrderByDescending(i => encoded[i].Length).ToArray();
        for (var start = 0; start < order.Length;)
        {
            var rows = Math.Min(Math.Max(1, BatchIds / encoded[order[start]].Length), order.Length - start);
            var positions = order[start..(start + rows)];
            _batches.Add((LayOut(positions.Select(i => encoded[i]).ToList()), positions));
            start += rows;
        }
    }

    public override string Version => Versions.OnnxRuntime;

    public override void Dispose()
    {
        _batches.ForEach(batch => batch.Ids.Dispose());
        _options.Dispose();
        _session.Dispose();
    }

    protected override float[] Compute(IReadOnlyList<string> texts)
    {
        var probabilities = new float[texts.Count];
        var next = -1;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < _batches.Count; i = Interlocked.Increment(ref next))
            {
                Run(_batches[i].Ids, _batches[i].Positions, probabilities);
            }
        });
        return probabilities;
    }

    private static OrtValue LayOut(List<long[]> texts)
    {
        var batch = TokenBatch.Pad(texts);
        return OrtValue.CreateTensorValueFromMemory(batch.Ids.ToArray(), [batch.Count, batch.SequenceLength]);
    }

    private void Run(OrtValue ids, int[] positions, float[] probabilities)
    {
        using var results = _session.Run(_options, Inputs, [ids], Outputs);
        var values = results[0].GetTensorDataAsSpan<float>();
        for (var row = 0; row < positions.Length; row++)
        {
            probabilities[positions[row]] = values[row];
        }
    }
}
