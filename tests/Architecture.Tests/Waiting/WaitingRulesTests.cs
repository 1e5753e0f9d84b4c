namespace OnnxSentiment.Architecture.Tests.Waiting;

/// <summary>That each way to wait in vain is found, and no other.</summary>
public class WaitingRulesTests
{
    [TestCase("Thread.Sleep(20)", "Thread.Sleep")]
    [TestCase("System.Threading.Thread.Sleep(TimeSpan.Zero)", "Thread.Sleep")]
    [TestCase("Task.Delay(20)", "Task.Delay")]
    [TestCase("Task.Delay(options.Delay, cancellation)", "Task.Delay")]
    [TestCase("Task.Delay(clockTicks, cancellation)", "Task.Delay")]
    [TestCase("Task.Delay(options.WaitTime)", "Task.Delay")]
    [TestCase("new PeriodicTimer(interval)", "PeriodicTimer")]
    public void Check_WaitWithoutAClock_IsFound(string wait, string found)
        => Assert.That(
            WaitingRules.Check("File.cs", $"class Type\n{{\n    object Wait() => {wait};\n}}"),
            Has.One.StartsWith($"File.cs:3 waits by {found};"));

    [TestCase("Task.Delay(options.Delay, _clock, cancellation)")]
    [TestCase("Task.Delay(delay, TimeProvider.System)")]
    [TestCase("Task.Delay(delay, options.TimeProvider)")]
    [TestCase("Task.Delay(delay, options.Time, cancellation)")]
    [TestCase("Task.Delay(Timeout.InfiniteTimeSpan, cancellation)")]
    [TestCase("Task.Delay(Timeout.Infinite, cancellation)")]
    [TestCase("new PeriodicTimer(interval, clock)")]
    [TestCase("clock.CreateTimer(callback, null, delay, period)")]
    public void Check_WaitByAClockOrForASignal_IsNot(string wait)
        => Assert.That(WaitingRules.Check("File.cs", $"class Type {{ object Wait() => {wait}; }}"), Is.Empty);
}
