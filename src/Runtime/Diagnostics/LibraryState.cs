namespace OnnxSentiment.Runtime;

/// <summary>A native library that CUDA needs.</summary>
/// <param name="Name">The name by which the system's loader knows it.</param>
/// <param name="Part">What a person installs to have it, for instance <c>CUDA 13</c>.</param>
/// <param name="IsFound">Whether the loader finds it.</param>
public sealed record LibraryState(string Name, string Part, bool IsFound);
