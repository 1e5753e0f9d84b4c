using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Reads and writes ONNX files. Thread-safe.</summary>
public static class ModelFile
{
    /// <summary>
    /// The largest message that protobuf can carry, in bytes; bigger models keep their weights in other files.
    /// </summary>
    public const int MaximumLength = int.MaxValue;

    // The version of the format that introduced opset_import; older files mean the first operator set.
    private const int FirstWithOpsets = 3;

    /// <summary>
    /// The model as bytes: fields in the order of their numbers, nothing that depends on time or machine.
    /// </summary>
    public static byte[] ToBytes(ModelProto model) => model.ToByteArray();

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(ModelProto model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing, cut off, or no ONNX file; the message says which.
    /// </exception>
    public static ModelProto Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException($"There is no file '{path}'; an ONNX file was expected there.");
        }

        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream that knows its length.</summary>
    /// <param name="stream">Positioned at its start.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="InvalidInputException">The contents are cut off or no ONNX model.</exception>
    public static ModelProto Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Length > MaximumLength)
        {
            throw new InvalidInputException(
                $"'{name}' has {stream.Length} bytes, but an ONNX file has at most {MaximumLength}: larger models " +
                "keep their weights in other files.");
        }

        try
        {
            var model = ModelProto.Parser.ParseFrom(stream);
            return Checked(model, name);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidInputException(
                $"'{name}' is no ONNX file, or it is cut off after {stream.Length} bytes: {e.Message}", e);
        }
    }

    // Protobuf takes almost any short text for a message of unknown fields; these three every model has.
    private static ModelProto Checked(ModelProto model, string name)
    {
        string? missing = !model.HasIrVersion ? "version of the format"
            : model.Graph is null ? "graph"
            : model.OpsetImport.Count == 0 && model.IrVersion >= FirstWithOpsets ? "operator set"
            : null;
        return missing is null
            ? model
            : throw new InvalidInputException(
                $"'{name}' has no {missing}; it is no ONNX file, or it was cut off.");
    }
}
