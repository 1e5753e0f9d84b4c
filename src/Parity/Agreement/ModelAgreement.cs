using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Whether an ONNX file from any exporter computes what another one computes, or what is stored in test data: on given
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
        var head = new CheckReport { Command = "verify", Subject = model, Against = against, Checks = [] };
        using var actual = LoadedModel.Load(model, ShortName(model, against), valid.Run);
        if (Directory.Exists(against))
        {
            return new TestDataAgreement(actual, against, valid).Run(head, cancellation);
        }

        var isSame = Path.GetFullPath(model) == Path.GetFullPath(against);
        var name = isSame ? SecondName(valid) : ShortName(against, model);
        using var expected = LoadedModel.Load(against, name, valid.RunAgainst);
        return new FileAgreement(actual, expected, valid)
            .Run(isSame ? head with { Against = name } : head, cancellation);
    }

    // The file's name, where that is enough to tell it from the other one.
    private static string ShortName(string path, string other) =>
        Path.GetFileName(path) == Path.GetFileName(other) && path != other ? path : Path.GetFileName(path);

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
