using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What a module and its graph are both run on.</summary>
/// <param name="Inputs">The inputs in the order of the module's; null for one that is left out.</param>
/// <param name="Sizes">The sizes of the named dimensions.</param>
/// <param name="Place">Sizes and seed, for messages.</param>
internal sealed record Trial(
    IReadOnlyList<NamedTensor?> Inputs, IReadOnlyDictionary<string, long> Sizes, string Place);
