using Microsoft.AspNetCore.Builder;

namespace OnnxSentiment.Server.Tests;

/// <summary>Which settings lead to which addresses.</summary>
[Parallelizable]
public class ListenAddressesTests
{
    [TestCase("", "Grpc=http://127.0.0.1:8001/Http2 Http0=http://127.0.0.1:8000")]
    [TestCase("--urls=http://0.0.0.0:9000", "Grpc=http://127.0.0.1:8001/Http2 Http0=http://0.0.0.0:9000")]
    [TestCase(
        "--urls=http://localhost:9000;http://[::1]:9001 --Grpc:Url=",
        "Http0=http://localhost:9000 Http1=http://[::1]:9001")]
    [TestCase("--HTTP_PORTS=8080 --Grpc:Url=http://*:9001", "Grpc=http://*:9001/Http2 Http0=http://*:8080")]
    [TestCase("--Kestrel:Endpoints:Own:Url=https://*:443", "Own=https://*:443")]
    public void Configure_SettingsOfAUser_BecomeEndpoints(string arguments, string expected)
    {
        var configuration = Configured(arguments);

        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => (endpoint.Key, Url: endpoint["Url"], Protocols: endpoint["Protocols"]))
            .Select(it => $"{it.Key}={it.Url}{(it.Protocols is null ? "" : $"/{it.Protocols}")}");
        Assert.That(string.Join(' ', endpoints), Is.EqualTo(expected));
    }

    [TestCase("", "localhost;127.0.0.1;[::1]")]
    [TestCase(
        "--urls=http://127.0.0.2:9000;http://unix:/run/s.sock --Grpc:Url=http://[::1]:9001",
        "localhost;127.0.0.1;[::1];127.0.0.2")]
    [TestCase("--Kestrel:Endpoints:Own:Url=http://127.0.0.2:9000", "localhost;127.0.0.1;[::1];127.0.0.2")]
    [TestCase("--urls=http://0.0.0.0:9000", null)]
    [TestCase("--Kestrel:Endpoints:Own:Url=https://*:443", null)]
    [TestCase("--AllowedHosts=a.example", "a.example")]
    public void Configure_OnLoopback_AllowsLoopbacksNamesAlone(string arguments, string? hosts) =>
        Assert.That(Configured(arguments)["AllowedHosts"], Is.EqualTo(hosts));

    [TestCase("http://127.0.0.1:1", ExpectedResult = true)]
    [TestCase("http://[::1]:1", ExpectedResult = true)]
    [TestCase("http://localhost:1", ExpectedResult = true)]
    [TestCase("http://unix:/run/s.sock", ExpectedResult = true)]
    [TestCase("http://0.0.0.0:1", ExpectedResult = false)]
    [TestCase("http://*:1", ExpectedResult = false)]
    [TestCase("http://10.0.0.1:1", ExpectedResult = false)]
    public bool IsLoopback_OfAnAddress_IsWhoReachesIt(string url) => ListenAddresses.IsLoopback(url);

    [Test]
    public async Task Start_ReachableWithoutKeys_Warns()
    {
        await using var open = await TestServer.StartAsync("urls=http://0.0.0.0:0");
        await using var keyed = await TestServer.StartAsync(
            "urls=http://0.0.0.0:0", "Security:ApiKeys:0=0123456789abcdef");
        await using var loopback = await TestServer.StartAsync();

        Assert.That(open.Log.Messages, Has.Exactly(1).Contains("no Security:ApiKeys are set"));
        Assert.That(keyed.Log.Messages.Concat(loopback.Log.Messages), Has.None.Contains("no Security:ApiKeys are set"));
    }

    private static Microsoft.Extensions.Configuration.ConfigurationManager Configured(string arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        ListenAddresses.Configure(builder);
        return builder.Configuration;
    }
}
