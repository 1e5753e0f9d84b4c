using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Tests;

/// <summary>The binary tensor extension: JSON first, bytes behind it.</summary>
[Parallelizable]
public class BinaryInferTests
{
    private const string HeaderLength = "Inference-Header-Content-Length";
    private const float Rounding = 1e-5f;

    private TestServer _server = null!;
    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TestServer.StartAsync();
        _model = TestRepository.Load(seed: 4);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        _model.Dispose();
    }

    [Test]
    public async Task Infer_BinaryTexts_GivesTheLibrarysNumbers()
    {
        byte[] data = [.. Bytes("word3 word4"), .. Bytes("wörd 👩"), .. Bytes("")];

        var answer = await SendAsync(Input("text", "BYTES", "[3]", data.Length), data);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        var logits = answer.Json.GetProperty("outputs")[0].GetProperty("data").EnumerateArray()
            .Select(value => value.GetSingle());
        Assert.That(
            logits, Is.EqualTo(_model.Predict(["word3 word4", "wörd 👩", ""]).Select(p => p.Logit)).Within(Rounding));
    }

    [Test]
    public async Task Infer_BinaryIdsAndOutputs_AreBytesBehindTheJson()
    {
        long[] ids = [1, 4, 5, 1, 6, 0];
        var expected = new float[2];
        _model.Score(ids, 3, expected, new float[2]);
        var data = MemoryMarshal.AsBytes<long>(ids).ToArray();

        var answer = await SendAsync(
            Input("input_ids", "INT64", "[2,3]", data.Length, ""","parameters":{"binary_data_output":true}"""), data);

        var (json, bytes) = Split(answer);
        Assert.That(answer.ContentHeaders.ContentType?.MediaType, Is.EqualTo("application/octet-stream"));
        var outputs = json.GetProperty("outputs").EnumerateArray().ToList();
        Assert.That(outputs.Select(o => o.GetProperty("parameters").GetProperty("binary_data_size").GetInt32()).Sum(),
            Is.EqualTo(bytes.Length));
        Assert.That(outputs.Any(o => o.TryGetProperty("data", out _)), Is.False);
        Assert.That(
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, 8)).ToArray(), Is.EqualTo(expected).Within(Rounding));
        var label = expected[0] >= 0 ? "positive" : "negative";
        Assert.That(Encoding.UTF8.GetString(bytes, 16 + 4, label.Length), Is.EqualTo(label));
    }

    [Test]
    public async Task Infer_OneOutputBinary_LeavesTheOthersInTheJson()
    {
        var data = Bytes("word3");

        var answer = await SendAsync(
            Input(
                "text",
                "BYTES",
                "[1]",
                data.Length,
                ""","outputs":[{"name":"label"},{"name":"logit","parameters":{"binary_data":true}}]"""),
            data);

        var (json, bytes) = Split(answer);
        Assert.That(json.GetProperty("outputs")[0].GetProperty("data")[0].GetString(),
            Is.EqualTo(_model.Predict("word3").Label));
        Assert.That(
            BinaryPrimitives.ReadSingleLittleEndian(bytes), Is.EqualTo(_model.Predict("word3").Logit).Within(Rounding));
    }

    [Test]
    public async Task Infer_OutputThatDeclines_StaysInTheJson()
    {
        var data = Bytes("word3");

        var answer = await SendAsync(
            Input(
                "text",
                "BYTES",
                "[1]",
                data.Length,
                ""","outputs":[{"name":"label","parameters":{"binary_data":false}}]"""
                + ""","parameters":{"binary_data_output":true}"""), data);

        Assert.That(answer.Headers.Contains(HeaderLength), Is.False);
        Assert.That(answer.Json.GetProperty("outputs")[0].GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("9", "ends within a value", Description = "cut within the length's own text")]
    [TestCase("8", "ends within a value")]
    [TestCase("3", "ends within a value")]
    [TestCase("0", "has 0 values")]
    [TestCase("-1", "binary_data_size")]
    [TestCase("10000", "binary_data_size")]
    [TestCase("1.5", "binary_data_size")]
    [TestCase("\"secret\"", "binary_data_size")]
    public async Task Infer_WrongSize_IsRefused(string size, string message)
    {
        var answer = await SendAsync(
            $$$"""
            {"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":{{{size}}}}}]}
            """,
            [6, 0, 0, 0, .. "secret"u8],
            cut: size is "9" or "8" or "3" ? int.Parse(size, CultureInfo.InvariantCulture) : null);

        Assert.That(answer.Status, Is.EqualTo(400), answer.Text);
        Assert.That(answer.Error, Does.Contain(message).And.Not.Contain("secret"));
    }

    [Test]
    public async Task Infer_LengthOfATextBeyondAllBytes_IsRefused()
    {
        var answer = await SendAsync(Input("text", "BYTES", "[1]", 8), [0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]);

        Assert.That(answer.Error, Does.Contain("ends within a value"));
    }

    [Test]
    public async Task Infer_BytesOfNoInput_AreRefused() =>
        Assert.That((await SendAsync(Input("text", "BYTES", "[1]", 5), [1, 0, 0, 0, 65, 66])).Error,
            Does.Contain("1 bytes at the end of the body belong to no input"));

    [Test]
    public async Task Infer_HalfAnId_IsRefused() =>
        Assert.That((await SendAsync(Input("input_ids", "INT64", "[1,1]", 7), new byte[7])).Error,
            Does.Contain("ends within a value"));

    [TestCase("100000")]
    [TestCase("-1")]
    [TestCase("secret")]
    public async Task Infer_WrongHeaderLength_IsRefused(string length)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/v2/models/tiny/infer")
        { Content = new StringContent("{}") };
        request.Headers.Add(HeaderLength, length);

        var answer = await _server.SendAsync(request);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error, Does.Contain($"{HeaderLength} has to be the length"));
    }

    private static string Input(string name, string datatype, string shape, int size, string more = "") =>
        $$$"""
        {"inputs":[{"name":"{{{name}}}","datatype":"{{{datatype}}}","shape":{{{shape}}},
         "parameters":{"binary_data_size":{{{size}}}}}]{{{more}}}}
        """;

    private static byte[] Bytes(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return [.. length, .. utf8];
    }

    private static (System.Text.Json.JsonElement Json, byte[] Bytes) Split(Answer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        var length = int.Parse(answer.Headers.GetValues(HeaderLength).Single(), CultureInfo.InvariantCulture);
        return (
            System.Text.Json.JsonDocument.Parse(answer.Bytes.AsMemory(0, length)).RootElement, answer.Bytes[length..]);
    }

    private async Task<Answer> SendAsync(string json, byte[] data, int? cut = null)
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(json), .. data[..(cut ?? data.Length)]]);
        content.Headers.ContentType = new("application/octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/tiny/infer") { Content = content };
        request.Headers.Add(HeaderLength, Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture));
        return await _server.SendAsync(request);
    }
}
