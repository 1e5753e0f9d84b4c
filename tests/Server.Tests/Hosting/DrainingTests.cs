using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace OnnxSentiment.Server.Tests;

/// <summary>How long a server that stops still answers.</summary>
[Parallelizable]
public class DrainingTests
{
    private readonly FakeTimeProvider _clock = new();
    private Lifetime _lifetime = null!;

    [SetUp]
    public void Begin() => _lifetime = new();

    [TearDown]
    public void Dispose() => _lifetime.Dispose();

    [Test]
    public async Task StoppingAsync_Delay_IsWaitedForWhileNotReady()
    {
        var draining = Create();
        Assert.That(draining.IsStopping, Is.False);

        var stopping = draining.StoppingAsync(CancellationToken.None);

        Assert.That(draining.IsStopping, Is.True);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(stopping.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await stopping.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Test]
    public async Task StoppingAsync_Cancelled_EndsWithoutAnError()
    {
        using var source = new CancellationTokenSource();
        var stopping = Create().StoppingAsync(source.Token);

        await source.CancelAsync();

        await stopping.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Test]
    public void IsStopping_HostToldToStop_IsSoAtOnce()
    {
        var draining = Create();

        _lifetime.StopApplication();

        Assert.That(draining.IsStopping, Is.True);
    }

    private Draining Create() => new(
        new ShutdownOptions { Delay = TimeSpan.FromSeconds(5) }, _clock, _lifetime, NullLogger<Draining>.Instance);

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
