namespace OnnxSentiment.Server;

/// <summary>Registers how bodies are read, written and described.</summary>
internal static class BodiesSetup
{
    public static void AddBodies(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => BodyJson.Configure(json.SerializerOptions));
        builder.Services.AddRequestDecompression();
        builder.Services.AddApiDocument();
    }
}
