namespace OnnxSentiment.Runtime;

/// <summary>A session on a device, and where each node of its graph runs.</summary>
/// <param name="Session">The session.</param>
/// <param name="Nodes">The nodes as they were given to providers; null where this ONNX Runtime does not tell.</param>
/// <param name="Memory">The kind of host memory that its batches lie in.</param>
internal sealed record PlacedSession(IdsSession Session, IReadOnlyList<NodePlacement>? Nodes, string Memory);
