namespace OnnxSentiment.Parity.Tests;

public class MarkdownReportTests
{
    [Test]
    public void ToMarkdown_OfEachOutcome_ShowsProblemsAndATable() => Assert.That(
        Reports.Mixed.ToMarkdown(),
        Is.EqualTo((
            """
            ## verify: **FAILED**

            `model.onnx` against `checkpoint`. 3 checks: 1 passed, 1 failed, 1 skipped.

            **weights, output.weight** failed. Element \[0, 3\] is 0.5, but 0.25 was expected.

            ```text
            first line
            second line
            ```

            **accuracy, int8 against float32** skipped. Too few texts.

            | | check | outcome | result |
            |---|---|---|---|
            | weights | `embedding.weight` | passed | texts 25,000+
            largest difference 1.25e-07 (allowed 1.0e-05)+
            flips 0 (allowed 0) |
            |  | `output.weight` | **FAILED** | largest difference NaN (allowed 0) |
            | accuracy | `int8 against float32` | skipped |  |

            """).Replace("+\n", "<br>", StringComparison.Ordinal)));

    [Test]
    public void ToMarkdown_HostileTexts_EndNeitherCellNorSpanNorFence()
    {
        var lines = Reports.HostileReport.ToMarkdown().Split('\n');
        var rows = lines.SkipWhile(line => line != "|---|---|---|---|").Skip(1).TakeWhile(line => line.Length > 0)
            .ToList();
        Assert.That(rows, Has.Count.EqualTo(3));
        foreach (var row in rows)
        {
            Assert.That(Unescaped(row, '|'), Is.EqualTo(5), row);
            Assert.That(Unescaped(row, '`'), Is.Zero, row);
            Assert.That(row.Replace("<br>", "", StringComparison.Ordinal), Does.Not.Contain("<"));
        }

        Assert.That(
            lines.Count(line => line is "````text" or "````"), Is.EqualTo(4), "fences longer than the details'");
    }

    [Test]
    public void ToMarkdown_ManyChecks_FitsAPageAndShowsTheFailures()
    {
        var checks = Enumerable.Range(0, 3000).Select(i => Reports.Check(CheckOutcome.Passed, name: $"w{i}")).ToArray();
        for (var i = 2900; i < 3000; i++)
        {
            checks[i] = checks[i] with
            {
                Outcome = CheckOutcome.Failed,
                Message = "Differs.",
                Details = new string('x', 1_000_000),
            };
        }

        var page = Reports.Of(checks).ToMarkdown();
        Assert.That(page, Has.Length.LessThan(200_000));
        Assert.That(page, Does.Contain("| `w2999` | **FAILED** |").And.Contain("80 more problems: see the JSON."));
        Assert.That(page, Does.Contain("2800 more checks: see the JSON."));
    }

    private static int Unescaped(string row, char what) =>
        row.Where((c, i) => c == what && (i == 0 || row[i - 1] != '\\')).Count();
}
