using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary>The description of the endpoints, as it is checked in.</summary>
[Parallelizable]
public class ApiDocumentTests
{
    private const string Approve = "ONNX_SENTIMENT_APPROVE";

    [Test]
    public async Task Document_OfTheServer_IsTheOneInDocs()
    {
        await using var server = await TestServer.StartAsync();
        var approved = Path.Combine(Checkout.Root, "docs", "openapi.json");

        var received = (await server.GetAsync("/openapi/v1.json")).Text.ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            await File.WriteAllTextAsync(approved, received);
        }

        Assert.That(received, Is.EqualTo((await File.ReadAllTextAsync(approved)).ReplaceLineEndings("\n")),
            "The endpoints are not those of docs/openapi.json. If the change is meant, run this test with "
            + $"{Approve}=1 and commit the file.");
    }

    [Test]
    public async Task Document_OfTheServer_HasEveryEndpoint()
    {
        await using var server = await TestServer.StartAsync();

        var document = (await server.GetAsync("/openapi/v1.json")).Json;
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name);

        Assert.That(paths, Is.EquivalentTo(new[]
        {
            "/metrics", "/sentiment", "/v2", "/v2/health/live", "/v2/health/ready",
            "/v2/models/{model}", "/v2/models/{model}/ready", "/v2/models/{model}/infer", "/v2/models/{model}/stats",
            "/v2/models/stats",
            "/v2/models/{model}/versions/{version}", "/v2/models/{model}/versions/{version}/ready",
            "/v2/models/{model}/versions/{version}/infer", "/v2/models/{model}/versions/{version}/stats",
            "/v2/repository/index", "/v2/repository/models/{model}/load", "/v2/repository/models/{model}/unload",
        }));
    }
}
