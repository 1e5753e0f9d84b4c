using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Trains a classifier in the stages that the recipe asks for: word vectors, a network on the labelled texts, and, where
/// there are texts without labels, networks that learn from soft labels too. The test split is looked at once, at the end.
/// Same recipe, data, machine and number of threads: same weights. Thread-safe; trainings of one process run one after the other,
/// because libtorch's generator of random numbers is the whole process's. A training seeds it anew, and whoever draws from it
/// meanwhile, by creating a <see cref="SentimentNetwork"/> for instance, changes the result.
/// </summary>
public sealed class SentimentTrainer
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainingData _data;
    private readonly TrainingContext _context;

    private SentimentTrainer(TrainingRecipe recipe, TrainingData data, TrainingContext context) =>
        (_recipe, _data, _context) = (recipe, data, context);

    /// <summary>
    /// Trains to the end. Blocks, while other trainings of the process run too; libtorch runs on threads of its own. Not to be
    /// called by an observer, whose training it would wait for.
    /// </summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="data">The texts, prepared with the same recipe.</param>
    /// <param name="stateFolder">
    /// Where to keep what a continuation needs: a file for each stage, replaced after every epoch. If they exist, the training
    /// goes on from them to the same weights as without the interruption. The learning rate and the gradient's limit may differ
    /// from those that the state was written with; all other settings have to be the same. Null: nothing is kept.
    /// </param>
    /// <param name="observer">Hears of the progress.</param>
    /// <param name="cancellation">
    /// Ends the training within a step, a batch that is only evaluated, or a pass of the n-gram classifier over the texts; the state
    /// keeps what the epochs before did.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// A state is damaged or of another training, or the loss is no longer a finite number.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public static TrainingResult Train(
        TrainingRecipe recipe,
        TrainingData data,
        string? stateFolder = null,
        ITrainingObserver? observer = null,
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

    /// <summary>The weights that a training of this recipe starts from, word vectors aside. Blocks as <see cref="Train"/> does.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="data">The texts, prepared with the same recipe.</param>
    /// <returns>By the names of <see cref="ModelConfig.WeightShapes"/>.</returns>
    public static IReadOnlyDictionary<string, SafetensorsTensor> InitialWeights(TrainingRecipe recipe, TrainingData data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        return TrainingThread.Run(recipe.Validated().Training.Threads, () =>
        {
            using var network = NetworkFit.CreateNetwork(recipe, data.Vocabulary.Count, LabelScores.LogitCount(data.Labels.Count));
            return network.CopyWeights();
        });
    }

    private TrainingResult Run()
    {
        var vectors = VectorStage.Run(_recipe, _data, _context);
        var learnsFromAll = _data.Unlabelled.Count > 0 && _recipe.Teacher.TeacherRounds > 0;
        var task = learnsFromAll
            ? TaskOf(TrainingStage.Network, number: 0, _recipe.ForAllTexts(), LabelAll(vectors), vectors)
            : TaskOf(TrainingStage.Network, number: 0, _recipe, _data.Train, vectors);
        using var fit = Begin(task);
        var history = fit.Run();
        double? temperature = _recipe.Training.Calibrate ? Calibration.Apply(fit.Network, _data.Validation, _context.Cancellation) : null;
        return TrainingResult.Create(_recipe, _data, fit.Network, history, temperature, _context.Cancellation);
    }

    // In the first round, teachers learn from the labelled texts; in each later one, a further teacher from all.
    private EncodedTexts LabelAll(SafetensorsTensor? vectors)
    {
        var teachers = new Teachers(_recipe, _data, _context);
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

    private FitTask TaskOf(string name, int number, TrainingRecipe recipe, EncodedTexts texts, SafetensorsTensor? vectors) => new(
        name, number, recipe, _data.Vocabulary.Count, LabelScores.LogitCount(_data.Labels.Count), texts, _data.Validation,
        vectors, _data.Description.Sha256);

    private NetworkFit Begin(FitTask task)
    {
        _context.Observer?.OnStage(new TrainingStage(task.Name, $"{task.Name}: {task.Train.Count:N0} texts, {task.Recipe.Training.Epochs} epochs"));
        return new NetworkFit(task, _context);
    }
}
