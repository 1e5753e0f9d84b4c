namespace OnnxSentiment.Server.Models;

/// <summary>Registers the model repository.</summary>
internal static class ModelServices
{
    public static void AddModels(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.Read<ModelsOptions>("Models").Validated());
        builder.Services.AddSingleton(builder.Configuration.Read<BatchingSettings>("Batching"));
        builder.Services.AddSingleton<VersionLoader>();
        builder.Services.AddSingleton<ModelRepository>();
        builder.Services.AddSingleton<RepositoryControl>();
        builder.Services.AddSingleton<RepositoryWatcher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RepositoryWatcher>());
    }
}
