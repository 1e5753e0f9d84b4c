namespace OnnxSentiment.Parity;

/// <summary>
/// An assertion about an ONNX file does not hold. The first line of the message says what failed, the lines below it
/// are the whole report. No type of a test framework: each of them shows an exception that leaves a test.
/// </summary>
public sealed class OnnxAssertException : Exception
{
    internal OnnxAssertException(CheckReport report)
        : base(AssertionText.Of(report)) => Report = report;

    /// <summary>What was checked, and what came out.</summary>
    public CheckReport Report { get; }
}
