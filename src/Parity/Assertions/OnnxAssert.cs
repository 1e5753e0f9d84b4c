using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// Tests of ONNX files, for any test framework: an assertion that does not hold throws
/// <see cref="OnnxAssertException"/>, whose message is the whole report. The app needs a native library of ONNX
/// Runtime. Thread-safe.
/// </summary>
public static class OnnxAssert
{
    /// <summary>
    /// Requires that an ONNX file computes what another one does, from any exporter: on seeded random inputs of the
    /// types and shapes that the files declare, or on those of the options, within a tolerance for the coarser
    /// precision of the two.
    /// </summary>
    /// <param name="model">The file to check.</param>
    /// <param name="against">The file that is right.</param>
    /// <param name="options">How to compare; null for random inputs on the CPU.</param>
    /// <exception cref="OnnxAssertException">
    /// They differ; the message names the first value that does.
    /// </exception>
    /// <exception cref="InvalidInputException">
    /// A file cannot be used, the files' inputs cannot be matched, or the app has no ONNX Runtime.
    /// </exception>
    public static void Agrees(string model, string against, AgreementOptions? options = null) =>
        Passed(ModelAgreement.Check(model, against, options).Checks);

    /// <summary>
    /// Requires that an ONNX file computes the outputs that are stored with their inputs in folders
    /// <c>test_data_set_*</c>, the layout of ONNX's own tests, which <c>export</c> writes beside each model.
    /// </summary>
    /// <param name="model">The file to check.</param>
    /// <param name="folder">
    /// The folder that holds the test data, or one data set; null for the model's own folder.
    /// </param>
    /// <param name="options">How to compare; null for the tolerance of the file's precision, on the CPU.</param>
    /// <exception cref="OnnxAssertException">It computes something else.</exception>
    /// <exception cref="InvalidInputException">
    /// The file cannot be used, there is no test data, or the app has no ONNX Runtime.
    /// </exception>
    public static void MatchesTestData(string model, string? folder = null, AgreementOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        folder ??= Path.GetDirectoryName(model) is { Length: > 0 } own ? own : ".";
        Agrees(model, folder, options);
    }

    /// <summary>Requires of a report that something was checked and nothing failed.</summary>
    /// <exception cref="OnnxAssertException">A check failed, or none was made.</exception>
    public static void Passed(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!report.Passed)
        {
            throw new OnnxAssertException(report);
        }
    }
}
