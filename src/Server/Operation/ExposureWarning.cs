using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OnnxSentiment.Server;

/// <summary>Warns once when other machines can use the server and no key keeps them from it.</summary>
internal static class ExposureWarning
{
    public static void WarnIfUnprotected(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (app.Services.GetRequiredService<SecurityOptions>().ApiKeys.Count == 0
            && addresses.FirstOrDefault(address => !ListenAddresses.IsLoopback(address)) is { } open)
        {
            app.Logger.Unprotected(open);
        }
    });
}
