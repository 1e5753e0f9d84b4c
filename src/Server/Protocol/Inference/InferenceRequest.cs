namespace OnnxSentiment.Server;

/// <summary>A request of the Open Inference Protocol, whichever protocol carries it.</summary>
/// <param name="ModelName">The model.</param>
/// <param name="ModelVersion">The version; null or empty for the newest.</param>
/// <param name="Id">Comes back in the response; null or empty for none.</param>
/// <param name="Inputs">One tensor: <c>input_ids</c> or <c>text</c>.</param>
/// <param name="Outputs">What to return; empty for all.</param>
/// <param name="Timeout">Shortens the server's deadline; null to leave it.</param>
internal sealed record InferenceRequest(
    string ModelName,
    string? ModelVersion,
    string? Id,
    IReadOnlyList<InferenceTensor> Inputs,
    IReadOnlyList<RequestedOutput> Outputs,
    TimeSpan? Timeout);

/// <summary>An output that a request asks for.</summary>
/// <param name="Name">Its name in the model's signature.</param>
/// <param name="Classes">Above 0: so many of the most probable labels as <c>value:index:label</c> instead of the
/// numbers.</param>
internal sealed record RequestedOutput(string Name, int Classes = 0);

/// <summary>The answer.</summary>
/// <param name="ModelName">The model.</param>
/// <param name="ModelVersion">The version that computed it.</param>
/// <param name="Id">That of the request.</param>
/// <param name="Outputs">In the order in which they were asked for.</param>
internal sealed record InferenceResponse(
    string ModelName, string ModelVersion, string? Id, IReadOnlyList<InferenceTensor> Outputs);
