using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Tests;

/// <summary>What a server says about its repository, asked over HTTP.</summary>
internal static class RepositoryAnswers
{
    public static async Task<string?> VersionOf(TestServer server) =>
        (await server.GetAsync("/v2/models/tiny")).Json.GetProperty("versions")[0].GetString();

    public static async Task AssertTakesOver(TestServer server, string version)
    {
        await server.LookTwiceAsync();
        Assert.That(await VersionOf(server), Is.EqualTo(version));
    }

    public static async Task<string> ReasonsOf(TestServer server, string name) => string.Concat(
        (await server.PostAsync("/v2/repository/index")).Json.EnumerateArray()
            .Where(entry => entry.GetProperty("name").GetString() == name)
            .Select(entry => entry.GetProperty("reason").GetString()));

    public static async Task<string?> ReasonOf(TestServer server, string version) =>
        (await server.PostAsync("/v2/repository/index")).Json.EnumerateArray()
            .Where(entry => entry.GetProperty("version").GetString() == version)
            .Select(entry => entry.GetProperty("reason").GetString()).SingleOrDefault();

    public static async Task<float> LogitOf(TestServer server, string version = "") =>
        (await server.PostAsync(
            $"/v2/models/tiny{version}/infer",
            $$"""
            {"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["word3"]}],
             "outputs":[{"name":"{{GraphNames.Logit}}"}]}
            """))
            .Json.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle();

    public static async Task AssertServes(TestServer server, int seed)
    {
        using SentimentModel model = TestRepository.Load(seed);
        Assert.That(await LogitOf(server), Is.EqualTo(model.Predict("word3").Logit).Within(1e-5));
    }
}
