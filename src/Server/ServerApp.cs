namespace OnnxSentiment.Server;

/// <summary>The server, put together from its parts; each part registers its own services and endpoints.</summary>
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
        builder.AddModels();
        builder.AddOperation();
        builder.AddInference();
        builder.AddSentiment();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseOperation();
        app.MapOperation();
        app.MapInference();
        app.MapSentiment();
        return app;
    }
}
