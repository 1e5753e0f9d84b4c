using System.Text.Json;

namespace OnnxSentiment.Server;

/// <summary>The body of <c>POST …/infer</c>.</summary>
/// <param name="Id">Comes back in the response.</param>
/// <param name="Parameters"><c>binary_data_output</c>, <c>timeout</c> in microseconds; others are ignored.</param>
/// <param name="Inputs">One tensor: <c>input_ids</c> or <c>text</c>.</param>
/// <param name="Outputs">What to return; all if left out.</param>
internal sealed record InferRequestBody(
    string? Id,
    IReadOnlyDictionary<string, JsonElement>? Parameters,
    IReadOnlyList<InputBody>? Inputs,
    IReadOnlyList<OutputRequestBody>? Outputs);

/// <summary>An input tensor.</summary>
/// <param name="Name"><c>input_ids</c> or <c>text</c>.</param>
/// <param name="Shape"><c>[batch, sequence]</c> or <c>[batch]</c>.</param>
/// <param name="Datatype"><c>INT64</c> or <c>BYTES</c>.</param>
/// <param name="Parameters"><c>binary_data_size</c>: the bytes behind the JSON that are its data.</param>
/// <param name="Data">The values, flat or nested like the shape; left out where they follow as bytes.</param>
internal sealed record InputBody(
    string? Name,
    IReadOnlyList<long>? Shape,
    string? Datatype,
    IReadOnlyDictionary<string, JsonElement>? Parameters,
    JsonElement? Data);

/// <summary>An output that is asked for.</summary>
/// <param name="Name"><c>logit</c>, <c>probability</c> or <c>label</c>.</param>
/// <param name="Parameters">Known: <c>binary_data</c>, <c>classification</c>.</param>
internal sealed record OutputRequestBody(string? Name, IReadOnlyDictionary<string, JsonElement>? Parameters);

/// <summary>The answer to <c>POST …/infer</c>.</summary>
internal sealed record InferResponseBody(
    string ModelName, string ModelVersion, string? Id, IReadOnlyList<OutputBody> Outputs);

/// <summary>An output tensor.</summary>
/// <param name="Name"><c>logit</c>, <c>probability</c> or <c>label</c>.</param>
/// <param name="Datatype"><c>FP32</c> or <c>BYTES</c>.</param>
/// <param name="Shape"><c>[batch, outputs]</c>, of labels <c>[batch]</c>.</param>
/// <param name="Parameters"><c>binary_data_size</c> where the values follow as bytes.</param>
/// <param name="Data">The values, flat.</param>
internal sealed record OutputBody(
    string Name,
    string Datatype,
    IReadOnlyList<long> Shape,
    IReadOnlyDictionary<string, int>? Parameters,
    object? Data);
