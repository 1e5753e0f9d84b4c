using Microsoft.Extensions.DependencyInjection;
using OnnxSentiment.Core;
using OnnxSentiment.Server.Tests.Proto;
using OpenTelemetry.Trace;

namespace OnnxSentiment.Server.Tests;

/// <summary>Traces by OTLP: what a collector gets, and that nothing of a text is in it.</summary>
public class TraceExportTests
{
    [Test]
    public async Task Traces_OfARequest_AreItsSpanAndTheRunThatItShared()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var server = await TestServer.StartAsync(collector.Settings);

        await server.PostAsync("/sentiment?q=secretquery", new { texts = new[] { "word3 secretword", "word4" } });
        await TestServer.UntilAsync(
            () => Task.FromResult(
                collector.Spans.Any(span => span.Name == "sentiment.batch") && Request(collector) is not null),
            "both spans are there");

        var request = Request(collector)!;
        Assert.That(Attribute(request, "http.route"), Is.EqualTo("/sentiment"));
        Assert.That(Attribute(request, "http.response.status_code"), Is.EqualTo("200"));
        var links = collector.Spans.Where(span => span.Name == "sentiment.batch").SelectMany(span => span.Links);
        Assert.That(links.Select(link => link.SpanId), Does.Contain(request.SpanId));
        Assert.That(
            collector.Spans.Where(span => span.Name == "sentiment.batch").Sum(
                span => int.Parse(Attribute(span, "sentiment.texts")!, null)),
            Is.EqualTo(2));
        var service = collector.Received.ResourceSpans[0].Resource.Attributes.Single(
            attribute => attribute.Key == "service.name");
        Assert.That(service.Value.StringValue, Is.EqualTo("onnx-sentiment"));
        Assert.That(collector.Bytes, Does.Not.Contain("secret").And.Not.Contain("word3"));
    }

    [Test]
    public async Task Traces_OfErrorsAndProbes_TellNoTextAndNoProbe()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using (var server = await TestServer.StartAsync(collector.Settings))
        {
            await server.GetAsync("/v2/health/live");
            await server.GetAsync("/metrics");
            await server.PostAsync("/sentiment", """{"text": "secret" """);
            await server.PostAsync("/sentiment", new { text = "secret", explain = true });
            await server.PostAsync("/v2/models/tiny/infer",
                """{"inputs":[{"name":"secret","datatype":"BYTES","shape":[1],"data":["secret"]}]}""");
        }

        Assert.That(collector.Spans.Select(span => Attribute(span, "http.response.status_code")).OfType<string>(),
            Is.EquivalentTo(["200", "400", "400"]), "all are sent before the server ends");
        Assert.That(collector.Spans.Select(span => span.Name), Does.Contain("sentiment.explain"));
        Assert.That(
            collector.Bytes, Does.Not.Contain("secret").And.Not.Contain("/v2/health").And.Not.Contain("/metrics"));
    }

    [Test]
    public async Task Traces_WithoutACollector_AreNotMade()
    {
        await using var server = await TestServer.StartAsync();

        Assert.That(server.Services.GetService<TracerProvider>(), Is.Null);
    }

    [Test]
    public async Task Traces_CollectorThatIsNotThere_DisturbNobody()
    {
        await using var server = await TestServer.StartAsync("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1",
            "OTEL_EXPORTER_OTLP_TIMEOUT=100", "OTEL_BSP_SCHEDULE_DELAY=20");

        for (var i = 0; i < 20; i++)
        {
            await server.AssertAnswersAsync();
        }
    }

    [TestCase("collector:4317")]
    [TestCase("4317")]
    public void Traces_AddressThatIsNone_AreRefused(string address)
    {
        using var repository = new TestRepository().Add();
        Assert.That(() => TestServer.StartAsync(repository, $"OTEL_EXPORTER_OTLP_ENDPOINT={address}"),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains($"is '{address}', but a collector's address"));
    }

    private static Span? Request(TraceCollector collector) =>
        collector.Spans.FirstOrDefault(span => span.Name == "POST /sentiment");

    private static string? Attribute(Span span, string key) =>
        span.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value is not { } value ? null
        : value.ValueCase == AnyValue.ValueOneofCase.IntValue
            ? value.IntValue.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.StringValue;
}
