using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>One way to compute a model: TorchSharp, the reference evaluator, ONNX Runtime on some device.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Run">Computes a batch.</param>
public sealed record Runner(string Name, Func<TokenBatch, ModelOutputs> Run);
