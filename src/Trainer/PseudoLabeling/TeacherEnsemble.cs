namespace OnnxSentiment.Trainer;

/// <summary>
/// Pseudo-labels the unlabeled texts: a linear n-gram classifier and networks. Together they are more accurate than any
/// one of them, because their errors are on different texts.
/// </summary>
internal sealed class TeacherEnsemble
{
    private const string Name = "teachers";
    private const string Ngrams = "n-gram classifier";

    private readonly TrainingData _data;
    private readonly TrainingContext _context;
    private readonly List<float[][]> _onValidation = [];
    private readonly List<float[][]> _onUnlabeled = [];

    /// <summary>Trains the n-gram classifier.</summary>
    internal TeacherEnsemble(TrainingRecipe recipe, TrainingData data, TrainingContext context)
    {
        (_data, _context) = (data, context);
        var order = recipe.Teacher.TeacherNgrams;
        Say($"{Ngrams}: {data.Train.Count:N0} texts, up to {order} words", share: 0);
        var classifier = NgramClassifier.Fit(
            data.Whole!.Train, data.Train.Targets, order, recipe.Training.Seed, context.Cancellation);
        Add(Ngrams, classifier.Score(data.Whole.Validation, context.Cancellation),
            classifier.Score(data.Whole.Unlabeled, context.Cancellation));
    }

    /// <summary>Takes in a trained network.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="network">The network.</param>
    internal void Add(string name, SentimentNetwork network) => Add(
        name,
        network.Predict(_data.Validation.Ids, _context.Cancellation),
        network.Predict(_data.Unlabeled, _context.Cancellation));

    /// <summary>The labeled texts, and those without labels with what all teachers together think of them.</summary>
    internal EncodedTexts LabelAll()
    {
        var ensemble = Ensemble.Fit(_onValidation, _data.Validation.Targets);
        var accuracy = ensemble.Measure(_onValidation, _data.Validation.Targets).Accuracy;
        Say(
            FormattableString.Invariant(
                $"the {_onValidation.Count} teachers together: accuracy on validation {accuracy:0.0000}"),
            share: 1);
        return _data.Train.Concat(new EncodedTexts(_data.Unlabeled, ensemble.SoftLabels(_onUnlabeled)));
    }

    private void Add(string name, float[][] onValidation, float[][] onUnlabeled)
    {
        _onValidation.Add(onValidation);
        _onUnlabeled.Add(onUnlabeled);
        var accuracy = ClassificationLoss.Measure(onValidation, _data.Validation.Targets).Accuracy;
        Say(FormattableString.Invariant($"{name}: accuracy on validation {accuracy:0.0000}"), share: 1);
    }

    private void Say(string what, double share) => _context.Observer?.OnStage(new TrainingStage(Name, what, share));
}
