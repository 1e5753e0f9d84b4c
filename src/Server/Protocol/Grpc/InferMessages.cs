using Google.Protobuf;
using Google.Protobuf.Collections;
using OnnxSentiment.Server.Proto;

namespace OnnxSentiment.Server;

/// <summary>Reads requests from messages, and writes responses as such.</summary>
internal static class InferMessages
{
    /// <param name="request">The message.</param>
    /// <param name="timeLeft">Until the call's deadline; null if it has none.</param>
    /// <exception cref="RequestException">The message is not as the protocol says.</exception>
    public static InferenceRequest Read(ModelInferRequest request, TimeSpan? timeLeft)
    {
        var raw = request.RawInputContents;
        if (raw.Count > 0
            && (raw.Count != request.Inputs.Count || request.Inputs.Any(input => input.Contents is not null)))
        {
            throw RequestException.Invalid(
                $"there are {raw.Count} raw_input_contents for {request.Inputs.Count} inputs: give one for each "
                + "input, and then no 'contents'");
        }

        return new InferenceRequest(
            request.ModelName, request.ModelVersion, request.Id,
            [.. request.Inputs.Select((input, i) => Tensor(input, raw.Count > 0 ? raw[i] : null))],
            OutputTensors.EachOnce(request.Outputs.Select(output =>
                new RequestedOutput(output.Name, (int)Integer(output.Parameters, "classification", int.MaxValue)))),
            Shorter(Timeout(request.Parameters), timeLeft));
    }

    /// <param name="response">The answer.</param>
    /// <param name="isRaw">Whether values are written as bytes.</param>
    public static ModelInferResponse Write(InferenceResponse response, bool isRaw)
    {
        var message = new ModelInferResponse
        {
            ModelName = response.ModelName,
            ModelVersion = response.ModelVersion,
            Id = response.Id ?? "",
        };
        foreach (var output in response.Outputs)
        {
            message.Outputs.Add(new ModelInferResponse.Types.InferOutputTensor
            {
                Name = output.Name,
                Datatype = output.Datatype,
                Shape = { output.Shape },
                Contents = isRaw ? null : Contents(output.Values),
            });
            if (isRaw)
            {
                message.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(TensorBytes.Write(output.Values)));
            }
        }

        return message;
    }

    private static InferenceTensor Tensor(ModelInferRequest.Types.InferInputTensor input, ByteString? raw) =>
        InputTensors.Create(input.Name, input.Datatype, [.. input.Shape], raw is null
            ? Values(input.Datatype, input.Contents ?? new InferTensorContents())
            : TensorBytes.Read(input.Name, input.Datatype, raw.Span));

    // Of a type that no model takes, the values are left alone: what is wrong is the type.
    private static Array Values(string datatype, InferTensorContents contents) => datatype switch
    {
        ModelSignature.Int64 => contents.Int64Contents.ToArray(),
        ModelSignature.Bytes => contents.BytesContents.Select(bytes => bytes.ToStringUtf8()).ToArray(),
        _ => Array.Empty<byte>(),
    };

    private static InferTensorContents Contents(Array values) => values switch
    {
        float[] floats => new() { Fp32Contents = { floats } },
        _ => new() { BytesContents = { ((string[])values).Select(ByteString.CopyFromUtf8) } },
    };

    private static TimeSpan? Timeout(MapField<string, InferParameter> parameters) =>
        Deadline.OfMicroseconds(Integer(parameters, "timeout", Deadline.LongestMicroseconds));

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => other is null || one < other ? one : other;

    private static long Integer(MapField<string, InferParameter> parameters, string name, long maximum)
    {
        if (!parameters.TryGetValue(name, out var parameter))
        {
            return 0;
        }

        return parameter switch
        {
            { HasInt64Param: true, Int64Param: >= 0 and var number } when number <= maximum => number,
            { HasUint64Param: true, Uint64Param: var number } when number <= (ulong)maximum => (long)number,
            _ => throw RequestException.Invalid($"parameter '{name}' has to be a whole number from 0 to {maximum}"),
        };
    }
}
