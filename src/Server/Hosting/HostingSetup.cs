namespace OnnxSentiment.Server;

/// <summary>Registers where the server listens and how it starts and stops.</summary>
internal static class HostingSetup
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        ListenAddresses.Configure(builder);
        var shutdown = builder.Configuration.Read<ShutdownOptions>("Shutdown").Validated();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdown.Delay + shutdown.Timeout);
        builder.Services.AddSingleton(shutdown);
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.AddSingleton<Readiness>();
        FreeThreadsForRequests();
    }

    public static void UseDraining(this WebApplication app) => app.UseMiddleware<ConnectionMiddleware>();

    /// <summary>
    /// The page at <c>/</c>: the files of <c>wwwroot</c>, open to everybody, as they hold nothing of this server's.
    /// </summary>
    public static void UsePage(this WebApplication app)
    {
        app.UseDefaultFiles();

        // Browsers ask each time whether a file has changed: after an update, old and new modules never meet.
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }

    // Runs of the graph occupy as many threads of the pool as the machine has cores. The pool begins with no more than
    // that, and adds one every half second: until then nobody would read requests.
    private static void FreeThreadsForRequests()
    {
        ThreadPool.GetMinThreads(out var workers, out var completion);
        ThreadPool.SetMinThreads(Math.Max(workers, 4 * Environment.ProcessorCount), completion);
    }
}
