using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// ONNX Runtime in C# as tutorials call it: a session with default options, hence default threads, a tensor made for
/// every run, named values in and out.
/// </summary>
/// <param name="texts">What to read.</param>
/// <param name="path">The file: ours, or one of PyTorch's exporter.</param>
/// <param name="encoder">The tokenizer, ours for everyone.</param>
/// <param name="batch">Texts a run; a file bound to one size needs a sample that divides by it.</param>
/// <param name="length">The ids to which each row is padded; null for the longest of the batch.</param>
internal sealed class PlainSession(
    IReadOnlyList<string> texts, string path, TextEncoder encoder, int batch, int? length)
    : InProcess(texts)
{
    private readonly InferenceSession _session = Open(path);

    public override string Version => Versions.OnnxRuntime;

    public override void Dispose() => _session.Dispose();

    protected override float[] Compute(IReadOnlyList<string> texts)
    {
        var probabilities = new List<float>(texts.Count);
        foreach (var part in texts.Chunk(batch))
        {
            probabilities.AddRange(Run(part));
        }

        return [.. probabilities];
    }

    private static InferenceSession Open(string path) =>
        File.Exists(path)
            ? new InferenceSession(path)
            : throw new NotHereException("python3-torch or python3-onnx is missing");

    private float[] Run(string[] texts)
    {
        var encoded = Array.ConvertAll(texts, text => encoder.Encode(text));
        var columns = length ?? encoded.Max(ids => ids.Length);
        var input = new DenseTensor<long>([encoded.Length, columns]);
        for (var row = 0; row < encoded.Length; row++)
        {
            encoded[row].CopyTo(input.Buffer.Span[(row * columns)..]);
        }

        using var results = _session.Run([NamedOnnxValue.CreateFromTensor(GraphNames.InputIds, input)]);
        return [.. results.First(result => result.Name == GraphNames.Probability).AsEnumerable<float>()];
    }
}
