using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// The most frequent reason for a difference: the module was trained further, or is another one, since the export.
/// </summary>
internal static class StaleWeights
{
    private const int Shown = 5;

    /// <summary>
    /// Which weights the file has under the module's names and shapes, but with other values; empty where there are
    /// none, or the file names its weights by itself.
    /// </summary>
    internal static string Describe(ExportedModule pair)
    {
        var weights = pair.Module.state_dict();
        var shared = pair.Model.Graph.Initializer
            .Where(stored => weights.TryGetValue(stored.Name, out var own) && AreComparable(stored, own)).ToList();
        string[] other =
        [
            .. shared.Where(stored => !Tensors.FloatsOf(stored).SequenceEqual(
                TensorData.Values<float>(weights[stored.Name]))).Select(stored => stored.Name),
        ];
        return other.Length == 0
            ? ""
            : $"{other.Length} of {shared.Count} weights differ: {string.Join(", ", other.Take(Shown))}" +
                $"{(other.Length > Shown ? " …" : "")}. Was the module trained or loaded after the export? " +
                "Export it again.";
    }

    private static bool AreComparable(TensorProto stored, Tensor own) =>
        (DataType)stored.DataType == DataType.Float && stored.HasRawData
        && own.dtype == ScalarType.Float32 && own.shape.SequenceEqual(stored.Dims);
}
