namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Callers that call again and again until their call throws ObjectDisposedException; anything else that one throws
/// fails the test. Those who wait here do so on the test's own thread: one of the pool would come last in its own
/// queue.
/// </summary>
internal sealed class RepeatedCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Task[] _callers;
    private int _calls;

    public RepeatedCalls(int callers, Func<int, Task> call) =>
        _callers = [
            .. Enumerable.Range(0, callers).Select(caller => Task.Run(() => UntilDisposed(() => call(caller))))];

    /// <summary>Waits until more than so many calls have completed, all callers together.</summary>
    public void WaitForCalls(int count) => Assert.That(
        SpinWait.SpinUntil(
            () => Volatile.Read(ref _calls) > count || _callers.Any(caller => caller.IsFaulted), Patience));

    /// <summary>Waits until every caller has come to its end.</summary>
    public void WaitForEnd() => Assert.That(Task.WaitAll(_callers, Patience), "every call ends");

    private async Task UntilDisposed(Func<Task> call)
    {
        try
        {
            while (true)
            {
                await call();
                Interlocked.Increment(ref _calls);
            }
        }
        catch (ObjectDisposedException)
        {
            // As promised.
        }
    }
}
