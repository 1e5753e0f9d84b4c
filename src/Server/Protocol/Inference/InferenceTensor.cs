namespace OnnxSentiment.Server;

/// <summary>A named tensor of a request or a response, whichever protocol carries it.</summary>
/// <param name="Name">The name in the model's signature.</param>
/// <param name="Datatype">The protocol's name of the type: <c>INT64</c>, <c>FP32</c>, <c>BYTES</c>.</param>
/// <param name="Shape">The dimensions, none of them negative.</param>
/// <param name="Values">As many as the shape says, row by row: <c>long[]</c>, <c>float[]</c> or
/// <c>string[]</c>.</param>
internal sealed record InferenceTensor(string Name, string Datatype, IReadOnlyList<long> Shape, Array Values);
