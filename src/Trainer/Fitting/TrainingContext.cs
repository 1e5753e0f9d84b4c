namespace OnnxSentiment.Trainer;

/// <summary>What all stages of one training share.</summary>
/// <param name="Workers">Threads for the recurrent layers.</param>
/// <param name="StateFolder">Where stages keep what a continuation needs; null: nowhere.</param>
/// <param name="Observer">Receives progress callbacks.</param>
/// <param name="Cancellation">Ends the training within a step, an evaluated batch or a pass over the texts.</param>
internal sealed record TrainingContext(
    TorchWorkers Workers, string? StateFolder, ITrainingObserver? Observer, CancellationToken Cancellation)
{
    /// <summary>Measures the time that epochs take.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The file of one stage's state.</summary>
    internal string? StateFile(string stage) =>
        StateFolder is null ? null : Path.Combine(StateFolder, stage + ".safetensors");
}
