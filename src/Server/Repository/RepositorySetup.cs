namespace OnnxSentiment.Server;

/// <summary>Registers the model repository.</summary>
internal static class RepositorySetup
{
    public static void AddRepository(this WebApplicationBuilder builder)
    {
        var models = builder.Configuration.Read<ModelsOptions>("Models").Validated();
        builder.Services.AddSingleton(models);
        builder.Services.AddSingleton(builder.Configuration.Read<BatchingSettings>("Batching").Validated(models));
        builder.Services.AddSingleton<VersionLoader>();
        builder.Services.AddSingleton<ModelRepository>();
        builder.Services.AddSingleton<RepositoryControl>();
        builder.Services.AddSingleton<RepositoryWatcher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RepositoryWatcher>());
    }
}
