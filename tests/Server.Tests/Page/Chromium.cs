using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>One headless Chromium for all tests of the page; without one they are skipped.</summary>
[SetUpFixture]
public class Chromium
{
    /// <summary>What the browser needs as root in a container, and without which it talks to its maker.</summary>
    private static readonly string[] Arguments = [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

    /// <summary>Milliseconds that the page may take for anything.</summary>
    internal const int Patience = 30_000;

    private IPlaywright? _playwright;

    internal static IBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        if (Find() is not { } path)
        {
            Assert.Ignore(
                "chromium is not here: build/install-outside-tools.sh installs it, and CHROMIUM names another one.");
            return;
        }

        // Machines of tests may be busy with more than these.
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_playwright is not null)
        {
            await Browser.CloseAsync();
            _playwright.Dispose();
        }
    }

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : folders.Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
    }
}
