using OnnxSentiment.Core;

namespace OnnxSentiment.Onnx;

/// <summary>The versions of the standard's operator set that graphs can be written in.</summary>
public static class Opset
{
    /// <summary>The lowest: before it <c>RNN</c>, <c>GRU</c> and <c>LSTM</c> had other attributes.</summary>
    public const int Minimum = 14;

    /// <summary>
    /// The highest: 22 redefined the recurrent operators, and GPU runtimes have no kernels for those.
    /// </summary>
    public const int Maximum = 21;

    /// <summary>What every ONNX tool of the last years reads.</summary>
    public const int Default = 17;

    /// <summary>Returns <paramref name="opset"/>, or says which are supported and why.</summary>
    /// <exception cref="InvalidInputException">The opset is outside the supported range.</exception>
    public static int Validated(int opset) => opset is >= Minimum and <= Maximum
        ? opset
        : throw new InvalidInputException(
            $"opset is {opset}, but has to lie between {Minimum} and {Maximum}: below, the recurrent operators have " +
            $"other attributes; above, GPU runtimes have no kernel for them. {Default} is read by every common tool.");

    /// <summary>
    /// The lowest version of the file format that allows an opset, so that the oldest readers accept the file
    /// (https://onnx.ai/onnx/repo-docs/Versioning.html).
    /// </summary>
    /// <exception cref="InvalidInputException">The opset is outside the supported range.</exception>
    public static int IrVersion(int opset) => Validated(opset) switch
    {
        14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        _ => 10,
    };
}
