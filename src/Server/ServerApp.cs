namespace OnnxSentiment.Server;

/// <summary>The server, put together from its features; each registers its own services and endpoints.</summary>
internal static class ServerApp
{
    /// <summary>Makes the app, ready to run.</summary>
    /// <param name="args">The command line: <c>--urls</c> and any setting as <c>--Section:Name=value</c>.</param>
    /// <param name="configure">Changes the services afterwards, for tests.</param>
    /// <exception cref="Core.InvalidInputException">A setting cannot be used.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings and page lie beside the assembly, wherever the process is started.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        ((IConfigurationRoot)builder.Configuration).CheckSections();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddRepository();
        builder.AddHosting();
        builder.AddLimits();
        builder.AddSecurity();
        builder.AddObservability();
        builder.AddErrors();
        builder.AddBodies();
        builder.AddProtocol();
        builder.AddClassification();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseFeatures();
        app.MapObservability();
        app.MapOpenApi();
        app.MapProtocol();
        app.MapClassification();
        return app;
    }

    // The order matters: whatever a later part throws, an earlier one turns into an answer and counts.
    private static void UseFeatures(this WebApplication app)
    {
        app.UseRequestMetrics();
        app.UseDraining();
        app.UseErrors();
        app.UseSecurityHeaders();
        app.UsePage();
        app.UseRouting();
        app.UseApiKeys();
        app.UseRateLimiter();
        app.UseRequestDecompression();
    }
}
