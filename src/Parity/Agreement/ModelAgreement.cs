using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Whether an ONNX file, whoever wrote it, computes what another one computes, or what is stored in test data: on given
/// inputs or seeded random ones, within a tolerance for the coarser precision of the two. Thread-safe.
/// </summary>
public static class ModelAgreement
{
    /// <summary>Compares a file with another one, or with a folder of test data.</summary>
    /// <param name="model">The file to check.</param>
    /// <param name="against">
    /// Another file; the same one, where the options run it in two ways; or a folder <c>test_data_set_N</c>, or one
    /// that
    /// holds some.
    /// </param>
    /// <param name="options">How; null for random inputs on the CPU.</param>
    /// <param name="cancellation">Ends the comparison between two runs.</param>
    /// <exception cref="InvalidInputException">
    /// A file or folder cannot be used, the files' inputs cannot be matched, or ONNX Runtime runs neither on any
    /// inputs.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public static AgreementReport Check(
        string model, string against, AgreementOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(against);
        var valid = (options ?? new AgreementOptions()).Validated();
        using var actual = LoadedModel.Load(model, model, valid.Run);
        if (Directory.Exists(against))
        {
            return new TestDataAgreement(actual, against, valid).Run(cancellation);
        }

        var name = Path.GetFullPath(model) == Path.GetFullPath(against) ? SecondName(valid) : against;
        using var expected = LoadedModel.Load(against, name, valid.RunAgainst);
        return new FileAgreement(actual, expected, valid).Run(cancellation);
    }

    internal static Tolerance ToleranceOf(AgreementOptions options, TensorPrecision precision)
    {
        var usual = Tolerances.For(precision);
        return new(
            options.AbsoluteTolerance ?? usual.Absolute,
            options.RelativeTolerance ?? usual.Relative);
    }

    private static string SecondName(AgreementOptions options) =>
        $"the same file on {(options.RunAgainst.Device == Device.Auto ? Device.Cpu : options.RunAgainst.Device)}, " +
        $"optimization {options.RunAgainst.Optimization.ToString().ToLowerInvariant()}";
}
