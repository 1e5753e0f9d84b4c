using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using OnnxSentiment.Server.Proto;

namespace OnnxSentiment.Server.Tests;

/// <summary>Requests as clients send them.</summary>
internal static class Requests
{
    public static ModelInferRequest Texts(params string[] texts) => new()
    {
        ModelName = TestRepository.Name,
        Inputs =
        {
            Input("text", "BYTES", [texts.Length], new() { BytesContents = { texts.Select(ByteString.CopyFromUtf8) } }),
        },
    };

    public static ModelInferRequest RawTexts(params string[] texts) => new()
    {
        ModelName = TestRepository.Name,
        Inputs = { Input("text", "BYTES", [texts.Length, 1], null) },
        RawInputContents = { ByteString.CopyFrom([.. texts.SelectMany(Element)]) },
    };

    public static ModelInferRequest Ids(long[] ids, params long[] shape) => new()
    {
        ModelName = TestRepository.Name,
        Inputs = { Input("input_ids", "INT64", shape, new() { Int64Contents = { ids } }) },
    };

    public static ModelInferRequest RawIds(long[] ids, params long[] shape) => new()
    {
        ModelName = TestRepository.Name,
        Inputs = { Input("input_ids", "INT64", shape, null) },
        RawInputContents = { ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(ids)) },
    };

    public static ModelInferRequest.Types.InferInputTensor Input(
        string name, string datatype, long[] shape, InferTensorContents? contents) =>
        new() { Name = name, Datatype = datatype, Shape = { shape }, Contents = contents };

    /// <summary>Lets a request ask for an output.</summary>
    public static ModelInferRequest For(this ModelInferRequest request, string output, int classes = 0)
    {
        var requested = new ModelInferRequest.Types.InferRequestedOutputTensor { Name = output };
        if (classes > 0)
        {
            requested.Parameters["classification"] = new InferParameter { Int64Param = classes };
        }

        request.Outputs.Add(requested);
        return request;
    }

    public static float[] RawFloats(this ModelInferResponse response, int output) =>
        MemoryMarshal.Cast<byte, float>(response.RawOutputContents[output].Span).ToArray();

    private static byte[] Element(string text)
    {
        var length = new byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }
}
