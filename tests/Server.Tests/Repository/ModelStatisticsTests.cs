using Microsoft.Extensions.Time.Testing;

namespace OnnxSentiment.Server.Tests;

/// <summary>Counts of requests, and their times in the units that the protocol names.</summary>
[Parallelizable]
public class ModelStatisticsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private FakeTimeProvider _clock = null!;

    [SetUp]
    public void Begin() => _clock = new(Start);

    [Test]
    public async Task CountAsync_Answered_IsASuccessInNanoseconds()
    {
        var statistics = new ModelStatistics(_clock);

        await statistics.CountAsync(() => AnswerAfter(TimeSpan.FromMilliseconds(1.5)));
        await statistics.CountAsync(() => AnswerAfter(TimeSpan.FromMilliseconds(2)));

        Assert.That(statistics.Success, Is.EqualTo((2L, 3_500_000L)));
        Assert.That(statistics.Failure, Is.EqualTo((0L, 0L)));
        Assert.That(statistics.LastInference, Is.EqualTo(Start.ToUnixTimeMilliseconds() + 3), "whole milliseconds");
    }

    [Test]
    public void CountAsync_NotAnswered_IsAFailureInNanoseconds()
    {
        var statistics = new ModelStatistics(_clock);

        Assert.That(
            () => statistics.CountAsync<int>(() =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                throw new TimeoutException();
            }),
            Throws.TypeOf<TimeoutException>());

        Assert.That(statistics.Failure, Is.EqualTo((1L, 1_000_000_000L)));
        Assert.That(statistics.Success, Is.EqualTo((0L, 0L)));
        Assert.That(statistics.LastInference, Is.EqualTo(0), "never");
    }

    private Task<int> AnswerAfter(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.FromResult(7);
    }
}
