using System.Text;

namespace OnnxSentiment.Parity.Tests;

public class TextReportTests
{
    [Test]
    public void ToText_OfEachOutcome_ShowsWhatMatters() => Assert.That(
        Reports.Mixed.ToText(),
        Is.EqualTo(
            """
            verify: FAILED: model.onnx against checkpoint
            weights
              passed  embedding.weight
                      texts 25,000, largest difference 1.25e-07 (allowed 1.0e-05), flips 0
                      (allowed 0)
              FAILED  output.weight
                      Element [0, 3] is 0.5, but 0.25 was expected.
                      first line
                      second line
            accuracy
              skipped int8 against float32
                      Too few texts.
            3 checks: 1 passed, 1 failed, 1 skipped.
            """));

    [Test]
    public void ToText_LongGroupWithoutFailures_CountsIt()
    {
        var checks = Enumerable.Range(0, 40).Select(i => Reports.Check(CheckOutcome.Passed, name: $"w{i}")).ToArray();
        checks[7] = checks[7] with { Outcome = CheckOutcome.Failed, Message = "Differs." };
        Assert.That(
            Reports.Of(checks).ToText(),
            Does.Contain("  FAILED  w7\n          Differs.\n  passed  39 checks").And.Not.Contain("w8"));
    }

    [Test]
    public void ToText_OfNothing_SaysSo() => Assert.That(
        Reports.Of().ToText(), Is.EqualTo("verify: skipped: model.onnx against checkpoint\nNothing was checked."));

    [Test]
    public void ToText_WhateverTheTexts_FitsEightyColumns()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var words = string.Concat(Enumerable.Range(0, 60).Select(
                _ => new string(random.Next(4) == 0 ? '好' : 'x', random.Next(i + 1))
                    + (random.Next(3) == 0 ? "😀" : " ")));
            var report = Reports.Of(Reports.Check(CheckOutcome.Failed, words, words) with
            {
                Message = words,
                Details = words,
            }) with
            { Subject = words };
            var lines = report.ToText().Split('\n');
            Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(80), $"case {i}");
            Assert.That(
                lines.SelectMany(line => line.EnumerateRunes()), Has.None.EqualTo(Rune.ReplacementChar),
                $"case {i}: a character was cut in two");
        }
    }
}
