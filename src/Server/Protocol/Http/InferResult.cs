using System.Globalization;
using System.Text.Json;

namespace OnnxSentiment.Server;

/// <summary>
/// Writes an inference response: JSON, and behind it the bytes of those outputs that were asked for as such.
/// </summary>
internal sealed class InferResult(InferRequest request, InferenceResponse response) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = response.Outputs.Select(
            (output, i) => request.IsBinary(i) ? TensorBytes.Write(output.Values) : null).ToList();
        var json = JsonSerializer.SerializeToUtf8Bytes(Body(bytes), ProtocolJson.Bodies.InferResponseBody);
        var isBinary = bytes.Any(part => part is not null);
        var headers = httpContext.Response;
        headers.ContentType = isBinary ? "application/octet-stream" : "application/json";
        headers.ContentLength = json.Length + bytes.Sum(part => (long)(part?.Length ?? 0));
        if (isBinary)
        {
            headers.Headers[InferRequestReader.HeaderLength] = json.Length.ToString(CultureInfo.InvariantCulture);
        }

        await headers.Body.WriteAsync(json, httpContext.RequestAborted);
        foreach (var part in bytes.OfType<byte[]>())
        {
            await headers.Body.WriteAsync(part, httpContext.RequestAborted);
        }
    }

    private InferResponseBody Body(IReadOnlyList<byte[]?> bytes) => new(
        response.ModelName, response.ModelVersion, string.IsNullOrEmpty(response.Id) ? null : response.Id,
        [.. response.Outputs.Zip(bytes, (output, part) => part is null
            ? new OutputBody(output.Name, output.Datatype, output.Shape, null, output.Values)
            : new OutputBody(
                output.Name,
                output.Datatype,
                output.Shape,
                new Dictionary<string,
                int> { ["binary_data_size"] = part.Length },
                null))]);
}
