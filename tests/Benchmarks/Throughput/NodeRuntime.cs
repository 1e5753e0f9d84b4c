using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>onnxruntime-node with default options, on ids that are ready: tokenizing is not in its time.</summary>
internal sealed class NodeRuntime : IContestant
{
    private readonly LineProcess _process;
    private readonly int _batch;

    public NodeRuntime(IReadOnlyList<string> texts, TextEncoder encoder, string model, int batch)
    {
        if (!Directory.Exists(Path.Combine(Checkout.Outside, "node_modules", "onnxruntime-node")))
        {
            throw new NotHereException("build/install-outside-tools.sh has not installed it");
        }

        _batch = batch;
        _process = new LineProcess(
            "node", Path.Combine(Checkout.Outside, "score_ids.js"), model, WriteIds(texts, encoder),
            encoder.Settings.MaximumLength.ToString(CultureInfo.InvariantCulture));
    }

    public string Version => Versions.Node;

    public Scores Score()
    {
        var answer = JsonDocument.Parse(_process.Ask(_batch.ToString(CultureInfo.InvariantCulture))).RootElement;
        return new Scores(
            answer.GetProperty("seconds").GetDouble(),
            [.. answer.GetProperty("probabilities").EnumerateArray().Select(value => value.GetSingle())]);
    }

    public void Dispose() => _process.Dispose();

    // Rows of the same length, padded with 0, each an int64 of this machine's order.
    private static string WriteIds(IReadOnlyList<string> texts, TextEncoder encoder)
    {
        var length = encoder.Settings.MaximumLength;
        var ids = new long[texts.Count * length];
        for (var row = 0; row < texts.Count; row++)
        {
            encoder.Encode(texts[row]).CopyTo(ids, row * length);
        }

        var path = Path.Combine(Checkout.Artifacts, $"ids-{length}.bin");
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(ids.AsSpan()));
        return path;
    }
}
