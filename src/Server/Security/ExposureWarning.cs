using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OnnxSentiment.Server;

/// <summary>Warns once when other machines can use the server and no key keeps them from it.</summary>
internal static partial class ExposureWarning
{
    public static void WarnIfUnprotected(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var server = app.Services.GetRequiredService<IServer>();
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (app.Services.GetRequiredService<SecurityOptions>().ApiKeys.Count == 0
            && addresses.FirstOrDefault(address => !ListenAddresses.IsLoopback(address)) is { } open)
        {
            Unprotected(app.Logger, open);
        }
    });

    [LoggerMessage(
        8, LogLevel.Warning,
        "{Address} can be reached from other machines, and no Security:ApiKeys are set: anybody there may use and "
        + "unload the "
        + "models.")]
    private static partial void Unprotected(ILogger logger, string address);
}
