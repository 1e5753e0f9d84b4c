using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>Passes a training's progress on to several observers, one after the other.</summary>
internal sealed class ObserverGroup(params ITrainingObserver[] observers) : ITrainingObserver
{
    public void OnStage(TrainingStage stage) => Array.ForEach(observers, observer => observer.OnStage(stage));

    public void OnStep(TrainingProgress progress) => Array.ForEach(observers, observer => observer.OnStep(progress));

    public void OnEpoch(TrainingHistory history) => Array.ForEach(observers, observer => observer.OnEpoch(history));
}
