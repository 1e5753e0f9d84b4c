namespace OnnxSentiment.Parity;

/// <summary>
/// Tests of ONNX files, for any test framework: an assertion that does not hold throws
/// <see cref="OnnxAssertException"/>, whose message is the whole report. The app needs a native library of ONNX
/// Runtime. Thread-safe.
/// </summary>
public static class OnnxAssert
{
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
