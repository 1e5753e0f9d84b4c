using System.Net.Http.Headers;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server.Tests;

/// <summary>Keys, headers, and pages of other sites.</summary>
[Parallelizable]
public class SecurityTests
{
    private const string Key = "first-key-0123456789";
    private const string OtherKey = "second-key-0123456789";

    [Test]
    public async Task ApiKeys_Set_AreAskedForEverywhereButAtHealthAndThePage()
    {
        await using var server = await TestServer.StartAsync(
            $"Security:ApiKeys:0={Key}", $"Security:ApiKeys:1={OtherKey}");

        foreach (var open in new[] { "/v2/health/live", "/v2/health/ready", "/", "/index.html" })
        {
            Assert.That((await server.GetAsync(open)).Status, Is.EqualTo(200), open);
        }

        string[] asked =
            ["/v2", "/v2/models/tiny", "/v2/models/tiny/ready", "/v2/models/stats", "/metrics", "/openapi/v1.json"];
        foreach (var closed in asked)
        {
            Assert.That((await server.GetAsync(closed)).Status, Is.EqualTo(401), closed);
            Assert.That(await StatusWith(server, closed, "Authorization", $"Bearer {Key}"), Is.EqualTo(200), closed);
        }

        string[] posted =
            ["/sentiment", "/v2/models/tiny/infer", "/v2/repository/index", "/v2/repository/models/tiny/unload"];
        foreach (var closed in posted)
        {
            var answer = await server.PostAsync(closed, "{}");
            Assert.That(answer.Status, Is.EqualTo(401), closed);
            Assert.That(answer.Error, Does.Contain("Authorization: Bearer KEY"));
            Assert.That(answer.Headers.WwwAuthenticate, Is.EqualTo([new AuthenticationHeaderValue("Bearer")]));
        }
    }

    [Test]
    public async Task MetricsWithoutKey_Set_OpensThemAlone()
    {
        await using var server = await TestServer.StartAsync(
            $"Security:ApiKeys:0={Key}", "Security:MetricsWithoutKey=true");

        Assert.That((await server.GetAsync("/metrics")).Status, Is.EqualTo(200));
        Assert.That((await server.GetAsync("/v2")).Status, Is.EqualTo(401));
    }

    [TestCase("Authorization", $"Bearer {Key}", 200)]
    [TestCase("Authorization", $"bearer {OtherKey}", 200)]
    [TestCase("X-Api-Key", OtherKey, 200)]
    [TestCase("X-Api-Key", $"{Key}x", 401)]
    [TestCase("X-Api-Key", "first-key-012345678", 401)]
    [TestCase("Authorization", "Bearer ", 401)]
    [TestCase("Authorization", $"Basic {Key}", 401)]
    [TestCase("Authorization", Key, 401)]
    public async Task ApiKeys_OneSent_IsComparedWithAll(string header, string value, int status)
    {
        await using var server = await TestServer.StartAsync(
            $"Security:ApiKeys:0={Key}", $"Security:ApiKeys:1={OtherKey}");

        Assert.That(await StatusWith(server, "/v2", header, value), Is.EqualTo(status));
        Assert.That(server.Log.Messages, Has.None.Contains(Key).And.None.Contains(OtherKey));
    }

    [Test]
    public void ApiKeys_TooShort_AreRefusedWithoutBeingTold()
    {
        using var repository = new TestRepository().Add();
        Assert.That(
            () => TestServer.StartAsync(repository, "Security:ApiKeys:0=secret"),
            Throws.TypeOf<InvalidInputException>()
                .With.Message.Contains("has 6 characters").And.Message.Not.Contains("secret"));
    }

    [TestCase("/")]
    [TestCase("/v2")]
    [TestCase("/nothing")]
    public async Task Headers_OfEveryAnswer_AreThoseOfASafePage(string path)
    {
        await using var server = await TestServer.StartAsync();

        var headers = (await server.GetAsync(path)).Headers;

        Assert.That(headers.GetValues("Content-Security-Policy").Single(),
            Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That(headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(headers.GetValues("Referrer-Policy"), Is.EqualTo(["no-referrer"]));
        Assert.That(headers.Server, Is.Empty);
    }

    [Test]
    public async Task Origin_OfAnotherSite_IsRefused()
    {
        await using var server = await TestServer.StartAsync();

        Assert.That(await StatusWith(server, "/v2", "Origin", "http://evil.example"), Is.EqualTo(403));
        Assert.That(await StatusWith(server, "/v2", "Origin", "null"), Is.EqualTo(403));
        Assert.That(
            await StatusWith(server, "/v2", "Origin", $"http://127.0.0.1:{server.Address.Port + 1}"), Is.EqualTo(403));
        Assert.That(await StatusWith(server, "/v2", "Origin", server.Address.GetLeftPart(UriPartial.Authority)),
            Is.EqualTo(200));
    }

    [Test]
    public async Task Host_OfAnotherName_IsRefusedOnLoopback()
    {
        await using var server = await TestServer.StartAsync();
        await using var open = await TestServer.StartAsync("AllowedHosts=*");

        Assert.That(await StatusWith(server, "/v2", "Host", "evil.example"), Is.EqualTo(400));
        Assert.That(await StatusWith(server, "/v2", "Host", "localhost"), Is.EqualTo(200));
        Assert.That(await StatusWith(open, "/v2", "Host", "sentiment.example"), Is.EqualTo(200));
    }

    [TestCase("/../appsettings.json")]
    [TestCase("/%2e%2e/appsettings.json")]
    [TestCase("/..%2fappsettings.json")]
    [TestCase("/appsettings.json")]
    [TestCase("/models/imdb/1/model.onnx")]
    public async Task Page_PathOutOfIt_IsNotFound(string path)
    {
        await using var server = await TestServer.StartAsync();

        Assert.That((await server.GetAsync(path)).Status, Is.EqualTo(404));
    }

    private static async Task<int> StatusWith(TestServer server, string path, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return (await server.SendAsync(request)).Status;
    }
}
