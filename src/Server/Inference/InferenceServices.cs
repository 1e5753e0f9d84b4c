namespace OnnxSentiment.Server;

/// <summary>Registers the Open Inference Protocol.</summary>
internal static class InferenceServices
{
    public static void AddInference(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InferenceService>();
        builder.AddGrpcProtocol();
    }

    public static void MapInference(this WebApplication app)
    {
        app.MapInferenceProtocol();
        app.MapRepository();
        app.MapGrpcProtocol();
    }
}
