namespace OnnxSentiment.Cli;

/// <summary>What the tool's exit code says.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed: parity, accuracy.</summary>
    public const int CheckFailed = 1;

    /// <summary>Wrong usage or input.</summary>
    public const int WrongInput = 2;

    /// <summary>Interrupted by the user, as shells number SIGINT.</summary>
    public const int Interrupted = 130;
}
