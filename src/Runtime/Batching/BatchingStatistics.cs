namespace OnnxSentiment.Runtime;

/// <summary>What a <see cref="BatchingSentimentModel"/> has computed since it was made.</summary>
/// <param name="Texts">Texts computed.</param>
/// <param name="Batches">Runs of the graph, which they shared.</param>
/// <param name="QueueTime">The time that texts waited for their batch, added up over all texts.</param>
/// <param name="RunTime">
/// The time of the runs, added up over all runs, of which several are in flight at a time.
/// </param>
public readonly record struct BatchingStatistics(long Texts, long Batches, TimeSpan QueueTime, TimeSpan RunTime);
