namespace OnnxSentiment.Server;

/// <summary>Registers the Open Inference Protocol.</summary>
internal static class ProtocolSetup
{
    public static void AddProtocol(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InferenceService>();
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, new ProtocolJson()));
        builder.AddGrpcProtocol();
    }

    public static void MapProtocol(this WebApplication app)
    {
        app.MapInferenceProtocol();
        app.MapRepository();
        app.MapGrpcProtocol();
    }
}
