using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OnnxSentiment.Runtime;

/// <summary>Registers one model with an app.</summary>
public static class SentimentServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="SentimentModel"/> and <see cref="BatchingSentimentModel"/> as singletons, which are made
    /// when they are first asked for and disposed with the container. The host does not start with options that cannot
    /// be used; a <see cref="SentimentHealthCheck"/> loads the model and says whether it computes.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets at least <see cref="SentimentServiceOptions.ModelPath"/>.</param>
    public static IServiceCollection AddSentimentModel(
        this IServiceCollection services, Action<SentimentServiceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<SentimentServiceOptions>().Configure(configure).ValidateOnStart();
        return services.AddModels();
    }

    /// <summary>
    /// As the other overload, from a section of the configuration; a key that no option has is an error.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="section">Its keys are the properties of <see cref="SentimentServiceOptions"/>.</param>
    public static IServiceCollection AddSentimentModel(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<SentimentServiceOptions>()
            .Bind(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services.AddModels();
    }

    private static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SentimentServiceOptions>, SentimentServiceOptionsValidator>());
        services.TryAddSingleton(CreateModel);
        services.TryAddSingleton(CreateBatching);
        return services;
    }

    private static SentimentModel CreateModel(IServiceProvider services)
    {
        var options = Options(services);
        return SentimentModel.Load(options.ModelPath!, options.ToModelOptions(), Logger<SentimentModel>(services));
    }

    private static BatchingSentimentModel CreateBatching(IServiceProvider services) => new(
        services.GetRequiredService<SentimentModel>(),
        Options(services).ToBatchingOptions(),
        Logger<BatchingSentimentModel>(services));

    private static ILogger<T>? Logger<T>(IServiceProvider services) =>
        services.GetService<ILoggerFactory>()?.CreateLogger<T>();

    private static SentimentServiceOptions Options(IServiceProvider services) =>
        services.GetRequiredService<IOptions<SentimentServiceOptions>>().Value;
}
