using System.Net.Http.Headers;
using System.Text.Json;

namespace OnnxSentiment.Server.Tests;

/// <summary>What a server answered, read to its end.</summary>
internal sealed record Answer(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Bytes)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    /// <summary>The sentence of <c>{"error": …}</c>, which has to be the whole body.</summary>
    public string Error
    {
        get
        {
            var properties = Json.EnumerateObject().ToList();
            Assert.That(properties.Select(property => property.Name), Is.EqualTo(["error"]));
            return properties[0].Value.GetString()!;
        }
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new((int)response.StatusCode,
                response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
        }
    }
}
