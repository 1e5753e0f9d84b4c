namespace OnnxSentiment.Parity.Tests;

/// <summary>An assertion throws one exception, whose message says first what failed and then everything.</summary>
public sealed class OnnxAssertTests
{
    private static readonly CheckResult Good = Result("logit", CheckOutcome.Passed, "");
    private static readonly CheckResult Bad = Result("probability", CheckOutcome.Failed, "3 of 7 numbers differ") with
    {
        Details = "maximum 0.2\nmean 0.1",
    };

    [Test]
    public void Passed_ReportWithoutFailure_ReturnsSilently() =>
        Assert.That(
            () => OnnxAssert.Passed(Report(Good, Result("size", CheckOutcome.Skipped, "none"))), Throws.Nothing);

    [Test]
    public void Passed_FailedCheck_ThrowsWithWhatFailedInTheFirstLine()
    {
        var report = Report(Good, Bad);
        var error = Assert.Throws<OnnxAssertException>(() => OnnxAssert.Passed(report))!;

        Assert.That(error.Report, Is.SameAs(report));
        Assert.That(error.Message.Split('\n')[0], Is.EqualTo(
            "'a.onnx' does not agree with b.onnx: 1 of 2 checks failed, the first in 'random inputs': " +
            "probability: 3 of 7 numbers differ"));
        Assert.That(error.Message, Does.Contain("logit").And.Contain("maximum 0.2").And.Contain("mean 0.1"));
    }

    [Test]
    public void Passed_NothingChecked_Throws()
    {
        Assert.That(
            () => OnnxAssert.Passed(Report()),
            Throws.TypeOf<OnnxAssertException>().With.Message.StartsWith(
                "'a.onnx' could not be compared with b.onnx: no check was made."));
        Assert.That(
            () => OnnxAssert.Passed(Report(Result("size", CheckOutcome.Skipped, "the module fails"))),
            Throws.TypeOf<OnnxAssertException>().With.Message.Contains("the module fails"));
    }

    private static CheckReport Report(params CheckResult[] checks) =>
        new() { Command = "Agrees", Subject = "a.onnx", Against = "b.onnx", Checks = checks };

    private static CheckResult Result(string name, CheckOutcome outcome, string message) =>
        new() { Group = "random inputs", Name = name, Outcome = outcome, Message = message };
}
