using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxSentiment.Server.Tests;

/// <summary><c>/metrics</c>, as Prometheus reads it. The runtime's figures are those of the whole process.</summary>
public partial class MetricsTests
{
    [Test]
    public async Task Metrics_AfterRequests_HaveTheirFigures()
    {
        await using var server = await TestServer.StartAsync();
        var before = Values((await server.GetAsync("/metrics")).Text);
        await server.PostAsync("/sentiment", new { texts = new[] { "word3", "word4 word5" } });
        await server.PostAsync("/v2/models/tiny/infer", "{}");
        await server.GetAsync("/v2/models/secret/ready");

        var answer = await server.GetAsync("/metrics");
        var values = Values(answer.Text);

        Assert.That(
            answer.ContentHeaders.ContentType?.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        Assert.That(Grown("onnx_sentiment_texts_total"), Is.EqualTo(2));
        Assert.That(Grown("onnx_sentiment_tokens_total"), Is.EqualTo(5), "two starts and three words");
        Assert.That(Grown("onnx_sentiment_batch_size_count"), Is.InRange(1, 2));
        Assert.That(Grown("onnx_sentiment_batch_size_bucket{le=\"+Inf\"}"),
            Is.EqualTo(Grown("onnx_sentiment_batch_size_count")));
        Assert.That(Grown("onnx_sentiment_run_duration_seconds_count"), Is.InRange(1, 2));
        Assert.That(Grown("onnx_sentiment_run_duration_seconds_sum"), Is.GreaterThan(0));
        Assert.That(Grown("onnx_sentiment_queue_duration_seconds_count"), Is.EqualTo(2));
        Assert.That(
            values["onnx_sentiment_server_requests_total{endpoint=\"/sentiment\",status=\"200\"}"], Is.EqualTo(1));
        Assert.That(
            values["onnx_sentiment_server_requests_total{endpoint=\"/v2/models/{model}/infer\",status=\"400\"}"],
            Is.EqualTo(1));
        Assert.That(values["onnx_sentiment_server_errors_total{code=\"InvalidArgument\"}"], Is.EqualTo(1));
        Assert.That(values["onnx_sentiment_server_errors_total{code=\"NotFound\"}"], Is.EqualTo(1));
        Assert.That(
            values["onnx_sentiment_server_request_duration_seconds_count{endpoint=\"/sentiment\"}"], Is.EqualTo(1));
        Assert.That(values["onnx_sentiment_server_queue_length{model=\"tiny\",version=\"1\"}"], Is.EqualTo(0));
        Assert.That(values["onnx_sentiment_server_queue_capacity{model=\"tiny\",version=\"1\"}"], Is.EqualTo(1024));
        Assert.That(values["onnx_sentiment_server_models{model=\"tiny\",version=\"1\"}"], Is.EqualTo(1));
        Assert.That(values["dotnet_process_memory_working_set_bytes"], Is.GreaterThan(1e7));
        Assert.That(answer.Text, Does.Not.Contain("secret"), "no name of a request becomes a label");

        double Grown(string name) => values[name] - before.GetValueOrDefault(name);
    }

    [Test]
    public async Task Metrics_EveryLine_IsOfThePrometheusFormatAndEverySeriesStandsOnce()
    {
        await using var server = await TestServer.StartAsync();
        await server.AssertAnswersAsync();

        var lines = (await server.GetAsync("/metrics")).Text.TrimEnd('\n').Split('\n');

        Assert.That(lines.Where(line => !Line().IsMatch(line)), Is.Empty);
        Assert.That(lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)), Is.Unique);
        Assert.That(lines.Where(line => line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]), Is.Unique);
    }

    [GeneratedRegex(
        """^(# (HELP|TYPE|UNIT) [a-z_0-9]+ .+|# EOF|[a-z_0-9]+(\{([a-z_0-9]+="([^"\\]|\\.)*",?)*\})? """
        + """-?([0-9.]+([eE][-+]?[0-9]+)?|\+Inf|NaN))$""")]
    private static partial Regex Line();

    private static Dictionary<string, double> Values(string text) => text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToDictionary(
            line => line[..line.LastIndexOf(' ')].Replace("{}", "", StringComparison.Ordinal),
            line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
