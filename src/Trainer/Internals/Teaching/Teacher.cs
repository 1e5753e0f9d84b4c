using OnnxSentiment.Trainer.Internals.Training;
using OnnxSentiment.Trainer.Model;
using OnnxSentiment.Trainer.Training;

namespace OnnxSentiment.Trainer.Internals.Teaching;

/// <summary>
/// Labels the texts without labels: a network and a linear n-gram classifier together are right more often than either
/// alone, because they are wrong about different texts.
/// </summary>
internal sealed class Teacher
{
    private const string Name = "teacher";

    private readonly TrainingData _data;
    private readonly TrainingContext _context;
    private readonly float[][] _onValidation;
    private readonly float[][] _onUnlabelled;

    private Teacher(TrainingData data, TrainingContext context, float[][] onValidation, float[][] onUnlabelled) =>
        (_data, _context, _onValidation, _onUnlabelled) = (data, context, onValidation, onUnlabelled);

    /// <summary>Trains the n-gram classifier, which all rounds share.</summary>
    internal static Teacher Create(TrainingRecipe recipe, TrainingData data, TrainingContext context)
    {
        var order = recipe.Teacher.TeacherNgrams;
        context.Observer?.OnStage(new TrainingStage(Name, $"n-gram classifier: {data.Train.Count:N0} texts, up to {order} words", Share: 0));
        var classifier = NgramClassifier.Fit(data.Whole!.Train, data.Train.Targets, order, recipe.Training.Seed);
        return new Teacher(data, context, classifier.Score(data.Whole.Validation), classifier.Score(data.Whole.Unlabelled));
    }

    /// <summary>The soft labels of the texts without labels, in the form of targets.</summary>
    internal float[][] Label(SentimentNetwork network)
    {
        IReadOnlyList<float[][]> onValidation = [network.PredictRows(_data.Validation.Ids), _onValidation];
        var ensemble = Ensemble.Fit(onValidation, _data.Validation.Targets);
        Report(onValidation, ensemble);
        return ensemble.SoftLabels([network.PredictRows(_data.Unlabelled), _onUnlabelled]);
    }

    private void Report(IReadOnlyList<float[][]> scores, Ensemble ensemble)
    {
        double Accuracy(float[][] of) => ClassificationLoss.Measure(of, _data.Validation.Targets).Accuracy;
        var together = ensemble.Measure(scores, _data.Validation.Targets);
        _context.Observer?.OnStage(new TrainingStage(
            Name,
            FormattableString.Invariant(
                $"teacher's accuracy on validation: network {Accuracy(scores[0]):0.0000}, n-grams {Accuracy(scores[1]):0.0000}, both {together.Accuracy:0.0000}"),
            Share: 1));
    }
}
