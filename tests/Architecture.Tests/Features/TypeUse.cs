namespace OnnxSentiment.Architecture.Tests.Features;

/// <summary>A place in one folder of a project that uses a type of another.</summary>
/// <param name="From">The folder of the place, below the project's; empty for the project's own.</param>
/// <param name="To">The folder of the type.</param>
/// <param name="Place">File and line.</param>
/// <param name="Type">The type's name.</param>
internal sealed record TypeUse(string From, string To, string Place, string Type);
