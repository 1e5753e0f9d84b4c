using System.Globalization;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What is true of a report in whatever form.</summary>
public class CheckReportTests
{
    private static readonly Func<CheckReport, string>[] Forms =
    [
        report => report.ToText(), report => report.ToJson(), report => report.ToJUnit(), report => report.ToMarkdown(),
    ];

    [TestCase(new CheckOutcome[0], CheckOutcome.Skipped, false)]
    [TestCase(new[] { CheckOutcome.Skipped }, CheckOutcome.Skipped, false)]
    [TestCase(new[] { CheckOutcome.Passed, CheckOutcome.Skipped }, CheckOutcome.Passed, true)]
    [TestCase(new[] { CheckOutcome.Passed, CheckOutcome.Failed }, CheckOutcome.Failed, false)]
    [TestCase(new[] { CheckOutcome.Skipped, CheckOutcome.Failed }, CheckOutcome.Failed, false)]
    public void Outcome_OfChecks_IsFailedIfOneFailed(CheckOutcome[] outcomes, CheckOutcome expected, bool passed)
    {
        var report = Reports.Of([.. outcomes.Select(outcome => Reports.Check(outcome))]);
        Assert.That((report.Outcome, report.Passed), Is.EqualTo((expected, passed)));
    }

    [Test]
    public void AllForms_UnderAnotherCulture_AreTheSameBytes()
    {
        var before = Forms.Select(form => form(Reports.Mixed)).ToList();
        var culture = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (foreign.NumberFormat.NumberDecimalSeparator, foreign.NumberFormat.NumberGroupSeparator) = (",", ".");
        foreign.NumberFormat.NegativeSign = "−";
        try
        {
            CultureInfo.CurrentCulture = foreign;
            Assert.That(Forms.Select(form => form(Reports.Mixed)), Is.EqualTo(before));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Test]
    public void AllForms_OfHostileTexts_HaveNoControlCharacters()
    {
        foreach (var form in Forms)
        {
            var text = form(Reports.HostileReport);
            Assert.That(text.Where(c => char.IsControl(c) && c is not ('\n' or '\t')), Is.Empty, text);
            Assert.That(text.Contains('\r'), Is.False);
        }
    }

    [TestCase(0, "0")]
    [TestCase(25000, "25,000")]
    [TestCase(-3, "-3")]
    [TestCase(0.25, "0.25")]
    [TestCase(0.92236, "0.92236")]
    [TestCase(1.25e-7, "1.25e-07")]
    [TestCase(3.5e8 + 0.5, "3.5e08")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "Infinity")]
    public void Number_ForPeople_IsShort(double value, string expected) =>
        Assert.That(ReportWords.Number(value), Is.EqualTo(expected));
}
