using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Trains a classifier in the stages that the recipe asks for: word vectors, a network on the labeled texts, and, where
/// there are texts without labels, pseudo-labeling. The test split is held out: it is evaluated once, after model
/// selection. Same recipe, data, machine and number of threads: same weights. Thread-safe; trainings of one process run
/// one after the other, because libtorch's generator of random numbers is the whole process's: a training seeds it, and
/// code that draws from it at the same time changes the result.
/// </summary>
public sealed class SentimentTrainer
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainingData _data;
    private readonly TrainingContext _context;

    private SentimentTrainer(TrainingRecipe recipe, TrainingData data, TrainingContext context) =>
        (_recipe, _data, _context) = (recipe, data, context);

    /// <summary>
    /// Trains to the end, in memory; a <see cref="TrainingRun"/> keeps finished epochs and writes the checkpoint.
    /// Blocks, while other trainings of the process run too; libtorch runs on threads of its own. Not to be called by
    /// an observer, whose training it would wait for.
    /// </summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="data">The texts, prepared with the same recipe.</param>
    /// <param name="observer">Receives progress callbacks, on the training's own thread.</param>
    /// <param name="cancellation">
    /// Ends the training within a step, a batch that is only evaluated, or a pass of the n-gram classifier over the
    /// texts.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// A setting is out of its range, or the loss became NaN or infinite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public static TrainingResult Train(
        TrainingRecipe recipe, TrainingData data, ITrainingObserver? observer = null,
        CancellationToken cancellation = default) => Train(recipe, data, stateFolder: null, observer, cancellation);

    /// <summary>
    /// As <see cref="Train(TrainingRecipe, TrainingData, ITrainingObserver?, CancellationToken)"/>, with a folder that
    /// keeps what a continuation needs: a file for each stage, replaced after every epoch. If they exist, the training
    /// continues from them to the same weights as without the interruption.
    /// </summary>
    internal static TrainingResult Train(
        TrainingRecipe recipe, TrainingData data, string? stateFolder, ITrainingObserver? observer = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        recipe.Validated();
        var threads = recipe.Training.Threads == 0 ? Environment.ProcessorCount : recipe.Training.Threads;
        return TrainingThread.Run(threads, () =>
        {
            using var workers = new TorchWorkers(threads);
            var context = new TrainingContext(workers, stateFolder, observer, cancellation);
            return new SentimentTrainer(recipe, data, context).Run();
        }, cancellation);
    }

    /// <summary>
    /// The weights that a training of this recipe starts from, word vectors aside. Blocks as a training does.
    /// </summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="data">The texts, prepared with the same recipe.</param>
    /// <returns>By the names of <see cref="ModelConfig.WeightShapes"/>.</returns>
    public static IReadOnlyDictionary<string, SafetensorsTensor> InitialWeights(
        TrainingRecipe recipe, TrainingData data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        return TrainingThread.Run(recipe.Validated().Training.Threads, () =>
        {
            using var network =
                NetworkFit.CreateNetwork(recipe, data.Vocabulary.Count, LabelScores.LogitCount(data.Labels.Count));
            return network.CopyWeights();
        });
    }

    private TrainingResult Run()
    {
        var vectors = VectorStage.Run(_recipe, _data, _context);
        var learnsFromAll = _data.Unlabeled.Count > 0 && _recipe.Teacher.TeacherRounds > 0;
        var task = learnsFromAll
            ? TaskOf(TrainingStage.Network, number: 0, _recipe.ForAllTexts(), LabelAll(vectors), vectors)
            : TaskOf(TrainingStage.Network, number: 0, _recipe, _data.Train, vectors);
        using var fit = Begin(task);
        var history = fit.Run();

        // Calibrated and measured as everyone else computes it.
        using var network = SentimentNetwork.WithWeights(
            _recipe.Model, _data.Vocabulary.Count, fit.Network.LogitCount, fit.Network.CopyWeights());
        double? temperature = _recipe.Training.Calibrate
            ? TemperatureScaling.Apply(network, _data.Validation, _context.Cancellation)
            : null;
        return TrainingResult.Create(_recipe, _data, network, history, temperature, _context.Cancellation);
    }

    // In the first round, teachers learn from the labeled texts; in each later one, a further teacher from all.
    private EncodedTexts LabelAll(SafetensorsTensor? vectors)
    {
        var teachers = new TeacherEnsemble(_recipe, _data, _context);
        var number = 0;
        while (number < _recipe.Teacher.TeacherNetworks)
        {
            Train(++number, _recipe, _data.Train);
        }

        for (var round = 2; round <= _recipe.Teacher.TeacherRounds; round++)
        {
            Train(++number, _recipe.ForAllTexts(), teachers.LabelAll());
        }

        return teachers.LabelAll();

        void Train(int number, TrainingRecipe recipe, EncodedTexts texts)
        {
            var task = TaskOf($"teacher-{number}", number, recipe, texts, vectors);
            using var fit = Begin(task);
            fit.Run();
            teachers.Add(task.Name, fit.Network);
        }
    }

    private FitTask TaskOf(
        string name, int number, TrainingRecipe recipe, EncodedTexts texts, SafetensorsTensor? vectors) => new(
        name, number, recipe, _data.Vocabulary.Count, LabelScores.LogitCount(_data.Labels.Count), texts,
        _data.Validation,
        vectors, _data.Description.Sha256);

    private NetworkFit Begin(FitTask task)
    {
        _context.Observer?.OnStage(new TrainingStage(
            task.Name, $"{task.Name}: {task.Train.Count:N0} texts, {task.Recipe.Training.Epochs} epochs"));
        return new NetworkFit(task, _context);
    }
}
