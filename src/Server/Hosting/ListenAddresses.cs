using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// Where the server listens: HTTP at <c>urls</c> as in every ASP.NET app, by default <c>http://127.0.0.1:8000</c>, and
/// gRPC at <c>Grpc:Url</c>, by default <c>http://127.0.0.1:8001</c>; without TLS the two protocols need a port each.
/// Whoever writes <c>Kestrel:Endpoints</c> says all of it there, certificates included.
/// </summary>
internal static class ListenAddresses
{
    private const string DefaultUrl = "http://127.0.0.1:8000";
    private const string DefaultGrpcUrl = "http://127.0.0.1:8001";

    private const string GrpcUrl = "Kestrel:Endpoints:Grpc:Url";

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    // As the host reads them where urls is missing; the .NET container images set the first.
    private static readonly (string Key, string Scheme)[] Ports = [("HTTP_PORTS", "http"), ("HTTPS_PORTS", "https")];

    /// <summary>Writes the addresses as endpoints of Kestrel, the one place where a protocol can be said.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        if (endpoints.Count > 0)
        {
            configuration.AddInMemoryCollection(
                AllowedHosts(configuration,
                    [.. endpoints.Select(endpoint => endpoint["Url"]).OfType<string>().Select(Checked)]));
            return;
        }

        var settings = new Dictionary<string, string?>();
        foreach (var (i, url) in Urls(configuration).Index())
        {
            settings[$"Kestrel:Endpoints:Http{i}:Url"] = url;
        }

        if ((configuration["Grpc:Url"] ?? DefaultGrpcUrl) is { Length: > 0 } grpc)
        {
            settings[GrpcUrl] = Checked(grpc);
        }

        configuration.AddInMemoryCollection(AllowedHosts(configuration, [.. settings.Values.OfType<string>()]));
        if (settings.ContainsKey(GrpcUrl))
        {
            settings["Kestrel:Endpoints:Grpc:Protocols"] = "Http2";
        }

        configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<IStartupFilter, NoOtherAddresses>();
    }

    /// <summary>Whether only this machine reaches an address.</summary>
    public static bool IsLoopback(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.Host == "localhost"
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    // A page whose name was made to lead to this machine still sends its own name.
    private static Dictionary<string, string?> AllowedHosts(IConfiguration configuration, IReadOnlyList<string> urls) =>
        configuration["AllowedHosts"] is null && urls.All(IsLoopback)
            ? new() { ["AllowedHosts"] = string.Join(';', LoopbackHosts.Union(Hosts(urls))) }
            : [];

    private static IEnumerable<string> Urls(IConfiguration configuration)
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]).ToList();
        var ofPorts = Ports.SelectMany(
            ports => Split(configuration[ports.Key]).Select(port => $"{ports.Scheme}://*:{port}"));
        return (urls.Count > 0 ? urls : [.. ofPorts]).DefaultIfEmpty(DefaultUrl).Select(Checked);
    }

    // Loopback has more addresses than the usual two.
    private static IEnumerable<string> Hosts(IEnumerable<string> urls) =>
        urls.Select(BindingAddress.Parse).Where(address => !address.IsUnixPipe).Select(address => address.Host);

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Checked(string url)
    {
        try
        {
            _ = BindingAddress.Parse(url);
            return url;
        }
        catch (FormatException e)
        {
            throw new InvalidInputException($"'{url}' is no address to listen at; write for instance {DefaultUrl}.", e);
        }
    }

    // The host hands over urls as well, of which Kestrel would warn that its endpoints override them.
    private sealed class NoOtherAddresses : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.ServerFeatures.GetRequiredFeature<IServerAddressesFeature>().Addresses.Clear();
            next(app);
        };
    }
}
