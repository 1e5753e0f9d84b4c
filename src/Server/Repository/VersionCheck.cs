using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>
/// Whether a loaded model computes here what lies beside it in <c>test_data_set_*</c>, in the layout of ONNX' own
/// tests.
/// </summary>
internal static class VersionCheck
{
    /// <summary>Computes all test data; a version without any passes, as long as it gives numbers.</summary>
    /// <exception cref="InvalidInputException">It computes something else.</exception>
    public static void Run(SentimentModel model, VersionFolder folder, bool allowTf32)
    {
        if (!float.IsFinite(model.Predict("").Logit))
        {
            throw new InvalidInputException("The model gives an empty text no finite logit; export it again.");
        }

        var (logit, probability) = (Allowed(OutputKind.Logit), Allowed(OutputKind.Probability));
        foreach (var path in folder.TestData)
        {
            var (logits, probabilities) = Compute(model, Path.Combine(path, "input_0.pb"));
            Compare(logits, Path.Combine(path, "output_0.pb"), GraphNames.Logit, logit);
            Compare(probabilities, Path.Combine(path, "output_1.pb"), GraphNames.Probability, probability);
        }

        Tolerance Allowed(OutputKind output) => Tolerances.For(
            output, Precisions.Parse(model.Metadata.Precision), ArithmeticOf(model.Device.Kind, allowTf32));
    }

    /// <summary>How a device multiplies, which the tolerances depend on.</summary>
    /// <param name="device">Where the model computes.</param>
    /// <param name="allowTf32">Whether a GPU rounds the factors of its products.</param>
    public static ComputeMode ArithmeticOf(DeviceKind device, bool allowTf32) => (device, allowTf32) switch
    {
        (DeviceKind.Cuda, true) => ComputeMode.CudaTf32,
        (DeviceKind.Cuda, false) => ComputeMode.Cuda,
        _ => ComputeMode.Cpu,
    };

    private static (float[] Logits, float[] Probabilities) Compute(SentimentModel model, string path)
    {
        var (shape, ids) = TensorFile.ReadInt64(path, GraphNames.InputIds);
        if (shape is not [var rows, var length])
        {
            throw new InvalidInputException(
                $"'{path}' has {shape.Length} dimensions, but [batch, sequence] was expected.");
        }

        var logits = new float[rows * model.Outputs];
        var probabilities = new float[logits.Length];
        try
        {
            model.Score(ids, checked((int)length), logits, probabilities);
            return (logits, probabilities);
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException($"'{path}' is no input of this model: {e.Message}", e);
        }
    }

    private static void Compare(float[] actual, string path, string name, Tolerance tolerance)
    {
        var (_, expected) = TensorFile.ReadFloats(path, name);
        if (expected.Length != actual.Length)
        {
            throw new InvalidInputException(
                $"'{path}' has {expected.Length} values, but {actual.Length} were computed.");
        }

        for (var i = 0; i < actual.Length; i++)
        {
            if (!tolerance.Accepts(actual[i], expected[i]))
            {
                throw new InvalidInputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model does not compute what lies beside it: value {i} of '{path}' is {expected[i]:g6}, but "
                    + $"{actual[i]:g6} was computed; copy model and test data of the same export."));
            }
        }
    }
}
