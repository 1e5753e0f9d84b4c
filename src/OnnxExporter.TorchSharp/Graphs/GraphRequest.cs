namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What the caller wants of a graph, before the module has a say.</summary>
/// <param name="Inputs">What <c>forward</c> is given, in its order.</param>
/// <param name="Outputs">The outputs' names; null for those that the module's converter has, or <c>output</c>.</param>
/// <param name="Opset">The version of ONNX's operator set.</param>
/// <param name="Description">What the model does, for people.</param>
internal sealed record GraphRequest(
    IReadOnlyList<OnnxInput> Inputs, IReadOnlyList<string>? Outputs, int Opset, string Description);
