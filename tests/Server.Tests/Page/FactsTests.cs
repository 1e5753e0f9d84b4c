using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>The model card and the live figures.</summary>
[NonParallelizable] // the metrics of all servers of a process are added up
public partial class FactsTests : PageTest
{
    [Test]
    public async Task Card_IsWhatTheModelSaysAboutItself()
    {
        await ContainsAsync(Page.Locator("#card"), "tiny, version 1");
        await ContainsAsync(Page.Locator("#card"), "negative, positive");
        await ContainsAsync(Page.Locator("#card"), "the last 12 words of a text; knows 50");
        await ContainsAsync(Page.Locator("#card"), "Test accuracy50.0%");
        await ContainsAsync(
            Page.Locator("#card"),
            "Verifiedno, served without verification: it has no verification.json and no test data");
    }

    [Test]
    public async Task Figures_AfterRequests_ShowThem()
    {
        var figures = Page.Locator("#figures");
        await ContainsAsync(figures, "Texts waiting0 of at most 1,024");

        await WriteAsync("word5");

        await Assertions.Expect(figures).ToContainTextAsync(
            new Regex(@"Half answered within[\d.]+ ms99 of 100 within[\d.]+ ms"));
        await Page.Locator("#trace polyline[points]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    [Test]
    public async Task Figures_OfAPageThatNobodySees_AreNotAskedFor()
    {
        await Page.Clock.InstallAsync();
        await Page.ReloadAsync();
        await Page.Locator("#figures dt").First.WaitForAsync();
        await Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(5));
        await BeOverAsync();
        var before = Polls();

        await SetHiddenAsync(true);
        await Page.Clock.RunForAsync(60_000);
        await BeOverAsync();
        Assert.That(Polls(), Is.EqualTo(before));

        await Page.RunAndWaitForRequestAsync(() => SetHiddenAsync(false), "**/metrics");
    }

    // 10 requests up to 10 ms, 80 up to 20 ms, 10 up to 50 ms, between the bounds evenly.
    [TestCase(0.05, 5)]
    [TestCase(0.5, 15)]
    [TestCase(0.99, 47)]
    public async Task Quantile_OfAHistogram_LiesBetweenItsBounds(double share, double milliseconds)
    {
        double[][] before = [[0.01, 5], [0.02, 5], [0.05, 5]];
        double[][] after = [[0.01, 15], [0.02, 95], [0.05, 105]];

        var seconds = await EvaluateAsync<double>(
            "figures.js",
            "module.quantile({ buckets: argument.before }, { buckets: argument.after }, argument.share)",
            new { before, after, share });

        Assert.That(seconds * 1000, Is.EqualTo(milliseconds).Within(1e-9));
    }

    [Test]
    public async Task Parse_Metrics_ReadsNamesLabelsAndValues()
    {
        const string Text =
            """
            # HELP a b
            # TYPE a counter
            a_total{x="1",y="a \"b\" {c}"} 12
            b_bucket{le="+Inf"} 3.5
            c 1E-05
            """;

        var metrics = await EvaluateAsync<string>(
            "figures.js",
            "JSON.stringify(module.parse(argument)"
            + ".map(({ name, labels, value }) => [name, Object.keys(labels).join(), value]))",
            Text);

        Assert.That(metrics, Is.EqualTo("""[["a_total","x,y",12],["b_bucket","le",3.5],["c","",0.00001]]"""));
    }

    [Test]
    public async Task Sample_OfTheServersMetrics_CountsWhatComputesAlone()
    {
        await WriteAsync("word5");
        var text = (await Server.GetAsync("/metrics")).Text;

        var json = await EvaluateAsync<string>(
            "figures.js", "JSON.stringify(module.sampleOf(module.parse(argument), 0))", text);

        var sample = JsonDocument.Parse(json).RootElement;

        // All that computes in this process, other servers' requests among them; its own polls and files are none.
        var expected = ComputingCount().Matches(text).Sum(match => int.Parse(match.Groups[1].Value, null));
        var counted = sample.GetProperty("buckets").EnumerateArray().Last()[1].GetInt32();
        Assert.That(counted, Is.EqualTo(expected).And.GreaterThan(0));
        Assert.That(sample.GetProperty("capacity").GetInt64(), Is.EqualTo(1_024));
    }

    [GeneratedRegex(
        """^onnx_sentiment_server_request_duration_seconds_count\{"""
        + """endpoint="[^"]*/(?:sentiment|infer|ModelInfer)"\} (\d+)""",
        RegexOptions.Multiline)]
    private static partial Regex ComputingCount();

    // The browser reports requests in their order, so that all before this one have been reported.
    private Task BeOverAsync() => Page.EvaluateAsync("() => fetch('/v2/health/live').then(() => null)");

    private int Polls() => Requests.Count(uri => uri.AbsolutePath == "/metrics");

    private Task SetHiddenAsync(bool isHidden) => Page.EvaluateAsync(
        """
        isHidden => {
          Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """,
        isHidden);
}
