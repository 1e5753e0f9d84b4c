using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>The section <c>Shutdown</c>: how the server stops. Immutable.</summary>
internal sealed record ShutdownOptions
{
    /// <summary>
    /// How long new requests are still answered, so that a load balancer can see that the server is not ready any
    /// more.
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long what is under way may then take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Returns the options, or says which value cannot be used.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public ShutdownOptions Validated()
    {
        Guard.InRange("Shutdown:Delay in seconds", Delay.TotalSeconds, 0, 600);
        Guard.InRange("Shutdown:Timeout in seconds", Timeout.TotalSeconds, 0, 3_600);
        return this;
    }
}
