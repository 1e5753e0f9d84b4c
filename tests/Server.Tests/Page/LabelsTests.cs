using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>A model of more labels than two.</summary>
public class LabelsTests : PageTest
{
    private protected override int Labels => 8;

    [Test]
    public async Task Verdict_ManyLabels_IsAListOfBars()
    {
        const string Text = "word5 word9 word20";
        var expected = Model.Predict(Text);
        var sorted = Model.Labels.Zip(expected.Probabilities).OrderByDescending(pair => pair.Second)
            .Select(pair => pair.First).ToList();

        await WriteAsync(Text);

        await SaysAsync(Label, expected.Label);
        Assert.That(await Page.Locator(".bars li > span:first-child").AllTextContentsAsync(), Is.EqualTo(sorted));
        Assert.That(
            await Page.GetByRole(AriaRole.Meter).CountAsync(), Is.EqualTo(6), "the weakest two are folded away");
        await SaysAsync(Page.Locator("#legend-against"), $"against {expected.Label}");
    }
}
