using System.Globalization;
using System.Text;

namespace OnnxSentiment.Server.Tests;

/// <summary>Seeded damage to good requests: an error of the client each time, never one of the server.</summary>
[Parallelizable]
public class MalformedRequestTests
{
    private const int Requests = 400;

    private static readonly string[] Good =
    [
        """
        {"id":"7","parameters":{"timeout":1000000},
         "inputs":[{"name":"text","datatype":"BYTES","shape":[2],"data":["word3","word4"]}],
         "outputs":[{"name":"label"},{"name":"probability","parameters":{"classification":2}}]}
        """,
        """{"inputs":[{"name":"input_ids","datatype":"INT64","shape":[2,3],"data":[[1,4,5],[1,6,0]]}]}""",
        """{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":9}}]}"""
            + "\u0005\0\0\0word3",
    ];

    private static readonly string[] Splices =
    [
        "null", "{}", "[]", "-1", "1e999", "9223372036854775808", "\"\"", "\"\\ud800\"", "true", "[[[[", "}}", "\0",
        "\uFEFF", "0.5", ",,", "\"a\":", "//", "'",
    ];

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("/v2/models/tiny/infer")]
    [TestCase("/sentiment")]
    [TestCase("/v2/repository/index")]
    public async Task Body_DamagedAtRandom_IsNeverAServersError(string path)
    {
        const int Seed = 20_261;
        var random = new Random(Seed);
        for (var i = 0; i < Requests; i++)
        {
            var body = Damaged(random);
            var answer = await PostAsync(path, body, random.Next(4) == 0 ? random.Next(body.Length + 2) : null);
            Assert.That(answer.Status,
                Is.AnyOf(200, 400, 413), $"seed {Seed}, request {i}: {answer.Text} to {Encoding.UTF8.GetString(body)}");
            Assert.That(answer.Status == 200 || answer.Error.Length > 10, $"seed {Seed}, request {i}");
        }

        await _server.AssertAnswersAsync();
        Assert.That(_server.Log.Of(Microsoft.Extensions.Logging.LogLevel.Error), Is.Empty);
    }

    [Test]
    public async Task Body_NestedDeeply_IsRefused()
    {
        var nested = new string('[', 100_000);

        var inputs = $$"""{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":{{nested}}""";
        foreach (var body in new[] { nested, inputs })
        {
            Assert.That((await _server.PostAsync("/v2/models/tiny/infer", body)).Status, Is.EqualTo(400));
        }

        await _server.AssertAnswersAsync();
    }

    private static byte[] Damaged(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Good[random.Next(Good.Length)]).ToList();
        for (var damages = random.Next(1, 4); damages > 0; damages--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)])); break;
                default:
                    bytes.InsertRange(
                    at, bytes.GetRange(at, Math.Min(random.Next(1, 30), bytes.Count - at))); break;
            }

            if (bytes.Count == 0)
            {
                bytes.Add((byte)'{');
            }
        }

        return [.. bytes];
    }

    private async Task<Answer> PostAsync(string path, byte[] body, int? headerLength)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (headerLength is { } length)
        {
            request.Headers.Add("Inference-Header-Content-Length", length.ToString(CultureInfo.InvariantCulture));
        }

        return await _server.SendAsync(request);
    }
}
