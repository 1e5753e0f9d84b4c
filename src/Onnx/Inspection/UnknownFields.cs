using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Fields that a newer schema has: protobuf keeps them in every message, but does not list them.</summary>
internal static class UnknownFields
{
    // Looking costs two copies of the model in memory.
    internal const int MaximumLength = 512 * 1024 * 1024;

    private static readonly MessageParser<ModelProto> KnownFieldsOnly =
        ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>Whether any message of the model, however deep, has one; null for a model too large to look.</summary>
    internal static bool? AreIn(ModelProto model)
    {
        var length = model.CalculateSize();
        return length is < 0 or > MaximumLength
            ? null
            : KnownFieldsOnly.ParseFrom(model.ToByteArray()).CalculateSize() < length;
    }
}
