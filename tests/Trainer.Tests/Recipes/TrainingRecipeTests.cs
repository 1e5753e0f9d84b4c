using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

public class TrainingRecipeTests
{
    private static readonly TrainingRecipe Recipe = PresetTable.Get(PresetTable.KerasTutorial);

    [Test]
    public void Get_KerasTutorial_IsTheTutorialsNetwork()
    {
        // Vocabulary, length, sizes, dropout and epochs as the tutorial has them; the batch size is ours.
        Assert.That(Recipe.Describe().Select(s => (s.Name, s.Value)), Is.SupersetOf(new[]
        {
            ("vocabulary_size", "10000"), ("maximum_length", "200"), ("embedding_size", "128"), ("hidden_size", "64"),
            ("cell", "lstm"), ("bidirectional", "true"), ("readout", "last"), ("readout_dropout", "0.5"),
            ("epochs", "12"), ("batch_size", "128"), ("learning_rate", "0.001"),
        }));
    }

    [TestCaseSource(typeof(PresetTable), nameof(PresetTable.Names))]
    public void Get_EveryPreset_IsWithinItsRanges(string name) =>
        Assert.That(() => PresetTable.Get(name).Validated(), Throws.Nothing);

    [Test]
    public void Get_UnknownPreset_ListsTheKnownOnes() => Assert.That(
        () => PresetTable.Get("kears"),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("'kears'")
            .And.Message.Contains("keras-tutorial"));

    [Test]
    public void Describe_EverySetting_IsNamedOnce() => Assert.That(Recipe.Describe().Select(s => s.Name), Is.Unique);

    [Test]
    public void With_EverySettingToItsOwnValue_ChangesNothing() => Assert.That(
        Recipe.Describe().Aggregate(Recipe, (recipe, s) => recipe.With($"{s.Name}={s.Value}")), Is.EqualTo(Recipe));

    [Test]
    public void With_SettingOfEachSection_ChangesThatOne()
    {
        var changed = Recipe.With("cell=gru").With("tokenizer = keras-punctuation").With("learning_rate=2e-3");
        Assert.That(changed.Model, Is.EqualTo(Recipe.Model with { Cell = CellKind.Gru }));
        Assert.That(changed.Text.Tokenizer, Is.EqualTo(Core.TokenizerKind.KerasPunctuation));
        Assert.That(changed.Training, Is.EqualTo(Recipe.Training with { LearningRate = 2e-3 }));
    }

    [Test]
    public void With_SettingsThatArePossibleTogetherAlone_TakesThemInAnyOrder()
    {
        string[] bag = ["cell=bag", "bidirectional=false", "readout=mean"];
        Assert.That(Recipe.With(bag), Is.EqualTo(Recipe.With(bag.Reverse())));
        Assert.That(() => Recipe.With("cell=bag"),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("bidirectional=false"));
    }

    [TestCase("hiden_size=3", "'hiden_size'", "hidden_size")]
    [TestCase("epochs", "'epochs'", "name=value")]
    [TestCase("epochs=many", "'epochs=many'", "a whole number")]
    [TestCase("epochs=2.5", "'epochs=2.5'", "a whole number")]
    [TestCase("epochs=0", "0", "between 1 and")]
    [TestCase("learning_rate=fast", "'learning_rate=fast'", "a number")]
    [TestCase("bidirectional=1", "'bidirectional=1'", "true or false")]
    [TestCase("cell=lstmm", "'cell=lstmm'", "rnn, gru, lstm, bag")]
    [TestCase("readout=", "'readout='", "last, max, mean, max_mean, attention")]
    public void With_UnusableAssignment_SaysWhatWasFoundAndExpected(string assignment, string found, string expected) =>
        Assert.That(
        () => Recipe.With(assignment),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains(found).And.Message.Contains(expected));
}
