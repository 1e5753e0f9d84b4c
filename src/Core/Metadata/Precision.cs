namespace OnnxSentiment.Core;

/// <summary>How a model stores its weights and computes.</summary>
public enum Precision
{
    /// <summary>Single precision throughout.</summary>
    Float32,

    /// <summary>
    /// Weights in half precision, recurrent layers as half-precision operators, the rest in single precision.
    /// </summary>
    Fp16,

    /// <summary>
    /// Embedding and recurrent weights as 8-bit integers, recurrent layers as ONNX Runtime's quantized operator, the
    /// rest in single precision.
    /// </summary>
    Int8,
}

/// <summary>The names of the precisions, as options and metadata spell them.</summary>
public static class Precisions
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Precision>().Select(NameOf)];

    /// <summary>The name of a precision.</summary>
    public static string NameOf(Precision precision) => precision switch
    {
        Precision.Float32 => "float32",
        Precision.Fp16 => "fp16",
        Precision.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
    };

    /// <summary>The precision of a name.</summary>
    /// <exception cref="InvalidInputException">
    /// There is no such precision; the message lists the known ones.
    /// </exception>
    public static Precision Parse(string name)
    {
        var found = Enum.GetValues<Precision>().Where(precision => NameOf(precision) == name).ToList();
        return found is [var precision]
            ? precision
            : throw new InvalidInputException(
                $"precision is '{name}', but one of {string.Join(", ", Names)} was expected.");
    }
}
