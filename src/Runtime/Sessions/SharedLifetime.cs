namespace OnnxSentiment.Runtime;

/// <summary>
/// Frees something native exactly once, after its owner let go of it and the last use that was under way has ended.
/// Thread-safe; entering and leaving cost an interlocked operation each.
/// </summary>
internal sealed class SharedLifetime(Action free)
{
    private readonly TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _users = 1;
    private int _ended;

    /// <summary>Ends when it is freed.</summary>
    public Task Freed => _freed.Task;

    /// <summary>Begins a use; <see cref="Exit"/> has to follow.</summary>
    /// <returns>False after <see cref="End"/>: there is nothing to use, and nothing to exit.</returns>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (Volatile.Read(ref _ended) == 0 && users > 0)
        {
            var before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users)
            {
                return true;
            }

            users = before;
        }

        return false;
    }

    /// <summary>Ends a use.</summary>
    public void Exit()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            try
            {
                free();
            }
            finally
            {
                _freed.SetResult();
            }
        }
    }

    /// <summary>Lets no further use begin; does not wait for those under way. Further calls do nothing.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            Exit();
        }
    }
}
