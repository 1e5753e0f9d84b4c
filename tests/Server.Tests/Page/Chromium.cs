using System.Diagnostics;
using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>One headless Chromium for all tests of the page.</summary>
[SetUpFixture]
public class Chromium
{
    /// <summary>What the browser needs as root in a container, and without which it talks to its maker.</summary>
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

    /// <summary>Milliseconds that the page may take for anything.</summary>
    internal const int Patience = 30_000;

    private static readonly SemaphoreSlim Starting = new(1);
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>The browser, started when the first test asks for it; without one the test is ignored.</summary>
    internal static async Task<IBrowser> BrowserAsync()
    {
        if (Find() is not { } path)
        {
            Assert.Ignore(
                "chromium is not here: build/install-outside-tools.sh installs it, and CHROMIUM names another one.");
            throw new UnreachableException();
        }

        await Starting.WaitAsync();
        try
        {
            return _browser ??= await StartAsync(path);
        }
        finally
        {
            Starting.Release();
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
            _playwright!.Dispose();
        }
    }

    private static async Task<IBrowser> StartAsync(string path)
    {
        // Machines of tests may be busy with more than these.
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : folders.Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
    }
}
