namespace OnnxSentiment.Server;

/// <summary>Whether a version that computes is known to be what was exported.</summary>
/// <param name="IsVerified">
/// Whether the file is the one that its <c>verification.json</c> names, and computes here what is stored beside it.
/// </param>
/// <param name="Reason">What was checked, or what is missing; words that complete a sentence.</param>
internal sealed record VersionProof(bool IsVerified, string Reason);
