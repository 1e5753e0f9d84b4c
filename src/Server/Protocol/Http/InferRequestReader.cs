using System.Globalization;

namespace OnnxSentiment.Server;

/// <summary>
/// Reads the body of an inference request: JSON, and behind it the bytes of those inputs that announce some.
/// </summary>
internal static class InferRequestReader
{
    /// <summary>Triton's header: the length of the JSON where bytes follow it.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    /// <exception cref="RequestException">The body is not as the protocol says.</exception>
    public static InferRequest Read(string model, string? version, ReadOnlySpan<byte> body, string? headerLength)
    {
        var json = body[..JsonLength(headerLength, body.Length)];
        var request = JsonBody.Parse(json, ProtocolJson.Bodies.InferRequestBody, "an inference request in JSON");
        var bytes = body[json.Length..];
        var inputs = new List<InferenceTensor>();
        foreach (var input in Elements(request.Inputs, "inputs"))
        {
            inputs.Add(Input(input, ref bytes));
        }

        if (bytes.Length > 0)
        {
            throw RequestException.Invalid(
                $"{bytes.Length} bytes at the end of the body belong to no input: check 'binary_data_size'");
        }

        var outputs = OutputTensors.EachOnce(Elements(request.Outputs, "outputs").Select(Output));
        return new InferRequest(
            new(model, version, request.Id, inputs, outputs, Parameters.Timeout(request.Parameters)),
            Parameters.Flag(request.Parameters, "binary_data_output") ?? false,
            [.. (request.Outputs ?? []).Select(output => Parameters.Flag(output.Parameters, "binary_data"))]);
    }

    private static int JsonLength(string? header, int body) =>
        string.IsNullOrEmpty(header) ? body
        : int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= body
            ? length
        : throw RequestException.Invalid(
            $"{HeaderLength} has to be the length of the JSON at the beginning of the body, which has {body} bytes");

    // The parser takes null for an element of any list.
    private static IEnumerable<T> Elements<T>(IReadOnlyList<T?>? list, string name)
        where T
            : class => (list ?? []).Select(
                (element, i) => element ?? throw RequestException.Invalid($"element {i} of '{name}' is null"));

    private static InferenceTensor Input(InputBody input, ref ReadOnlySpan<byte> bytes)
    {
        var (name, datatype) = (input.Name ?? "", input.Datatype ?? "");
        var shape = input.Shape ?? throw RequestException.Invalid($"input {ModelNames.Shown(name)} has no 'shape'");
        return InputTensors.Create(name, datatype, shape, Values(input, name, datatype, ref bytes));
    }

    // Of a type that no model takes, the values are left alone: what is wrong is the type.
    private static Array Values(InputBody input, string name, string datatype, ref ReadOnlySpan<byte> bytes)
    {
        if (input.Parameters?.ContainsKey("binary_data_size") != true)
        {
            return input.Data is { } data
                ? TensorJson.Read(name, datatype, data)
                : throw RequestException.Invalid(
                    $"input {ModelNames.Shown(name)} has neither 'data' nor the parameter 'binary_data_size'");
        }

        var size = (int)Parameters.Integer(input.Parameters, "binary_data_size", bytes.Length);
        var own = bytes[..size];
        bytes = bytes[size..];
        return TensorBytes.Read(name, datatype, own);
    }

    private static RequestedOutput Output(OutputRequestBody output) =>
        new(output.Name ?? "", (int)Parameters.Integer(output.Parameters, "classification", int.MaxValue));
}

/// <summary>A request with what HTTP alone has to know.</summary>
/// <param name="Request">The request.</param>
/// <param name="BinaryOutputs">Whether outputs come as bytes unless they say otherwise.</param>
/// <param name="Binary">What each requested output says.</param>
internal sealed record InferRequest(InferenceRequest Request, bool BinaryOutputs, IReadOnlyList<bool?> Binary)
{
    /// <summary>Whether an output of the response comes as bytes.</summary>
    public bool IsBinary(int output) => (output < Binary.Count ? Binary[output] : null) ?? BinaryOutputs;
}
