namespace OnnxSentiment.Runtime;

/// <summary>Where a node of a model's graph runs.</summary>
/// <param name="Name">The node's name in the file.</param>
/// <param name="Operator">Its operator, for instance <c>LSTM</c>.</param>
/// <param name="Provider">The execution provider that computes it, for instance <c>CUDAExecutionProvider</c>.</param>
public sealed record NodePlacement(string Name, string Operator, string Provider);
