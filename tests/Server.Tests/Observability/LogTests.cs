using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Server.Tests;

/// <summary>That nothing of a text reaches the log, at any level.</summary>
[Parallelizable]
public class LogTests
{
    private const string Secret = "unforgettable";

    [Test]
    public async Task Log_OfGoodAndBadRequests_HasNothingOfATextOrOfAKey()
    {
        const string Key = "unforgettable-key-0123456789";
        await using var server = await TestServer.StartAsync(
            $"Security:ApiKeys:0={Key}", "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace");
        server.Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        string[] bodies =
        [
            $$"""{"text":"{{Secret}}"}""", $$"""{"text":"{{Secret}}""", Secret,
            $$"""{"{{Secret}}":1,"text":"","explain":true}""", $$"""{"model":"{{Secret}}","text":"a"}""",
        ];
        foreach (var body in bodies)
        {
            await server.PostAsync("/sentiment", body);
            await server.PostAsync("/v2/models/tiny/infer", body);
        }

        foreach (var (name, type) in new[] { (Secret, Secret), ("text", "BYTES") })
        {
            await server.PostAsync(
                "/v2/models/tiny/infer",
                $$"""{"inputs":[{"name":"{{name}}","datatype":"{{type}}","shape":[1],"data":["{{Secret}}"]}]}""");
        }

        Assert.That(server.Log.Messages, Has.None.Contains(Secret));
        Assert.That(server.Log.Messages, Has.Some.Contains("/sentiment"), "the log does hear of requests");
    }

    [Test]
    public async Task Log_OfADefect_HasItsTypeAndPlaceOnceAndNotItsMessage()
    {
        await using var server = await TestServer.StartAsync("/defect", Fail);

        var answer = await server.GetAsync("/defect");

        Assert.That(answer.Status, Is.EqualTo(500));
        Assert.That(answer.Error, Does.Not.Contain(Secret));
        Assert.That(
            server.Log.Of(LogLevel.Error),
            Has.Exactly(1).Contains("InvalidOperationException").And.Some.Contains(nameof(Fail)).And.Exactly(1).Items);
        Assert.That(server.Log.Messages, Has.None.Contains(Secret));
    }

    private static Task Fail(HttpContext context) => throw new InvalidOperationException(Secret);
}
