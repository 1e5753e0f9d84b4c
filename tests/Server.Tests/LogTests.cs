using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Server.Tests;

/// <summary>That nothing of a text reaches the log, at any level.</summary>
public class LogTests
{
    private const string Secret = "unforgettable";

    [Test]
    public async Task Log_OfGoodAndBadRequests_HasNothingOfATextOrOfAKey()
    {
        const string Key = "unforgettable-key-0123456789";
        await using var server = await TestServer.StartAsync($"Security:ApiKeys:0={Key}", "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace");
        server.Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        foreach (var body in new[] { $$"""{"text":"{{Secret}}"}""", $$"""{"text":"{{Secret}}""", Secret, $$"""{"{{Secret}}":1,"text":"","explain":true}""", $$"""{"model":"{{Secret}}","text":"a"}""" })
        {
            await server.PostAsync("/sentiment", body);
            await server.PostAsync("/v2/models/tiny/infer", body);
        }

        await server.PostAsync("/v2/models/tiny/infer", $$"""{"inputs":[{"name":"{{Secret}}","datatype":"{{Secret}}","shape":[1],"data":["{{Secret}}"]}]}""");
        await server.PostAsync("/v2/models/tiny/infer", $$"""{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["{{Secret}}"]}]}""");

        Assert.That(server.Log.Messages, Has.None.Contains(Secret));
        Assert.That(server.Log.Messages, Has.Some.Contains("/sentiment"), "the log does hear of requests");
    }

    [Test]
    public async Task Log_OfADefect_HasItsTypeAndPlaceAndNotItsMessage()
    {
        await using var server = await TestServer.StartAsync();
        var middleware = new ErrorMiddleware(
            _ => throw new InvalidOperationException(Secret),
            server.Services.GetRequiredService<ServerMetrics>(),
            server.Services.GetRequiredService<ILogger<ErrorMiddleware>>());
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await middleware.InvokeAsync(context);

        Assert.That(context.Response.StatusCode, Is.EqualTo(500));
        Assert.That(server.Log.Of(LogLevel.Error), Has.Exactly(1).Contains("InvalidOperationException").And.Some.Contains(nameof(Log_OfADefect_HasItsTypeAndPlaceAndNotItsMessage)));
        Assert.That(server.Log.Messages, Has.None.Contains(Secret));
    }
}
