using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>Texts to compare two computations on.</summary>
/// <param name="Name">What reports call the batch.</param>
/// <param name="Batch">The texts.</param>
public sealed record NamedBatch(string Name, TokenBatch Batch);
