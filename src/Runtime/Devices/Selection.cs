namespace OnnxSentiment.Runtime;

/// <summary>The device that was chosen.</summary>
/// <param name="Device">The processor or a GPU.</param>
/// <param name="Reason">Why, for the log.</param>
/// <param name="Session">The session there; null for the processor, whose session exists before.</param>
/// <param name="IsFallback">Whether a GPU was there to be tried, and did not work out.</param>
internal sealed record Selection(Device Device, string Reason, PlacedSession? Session = null, bool IsFallback = false);
