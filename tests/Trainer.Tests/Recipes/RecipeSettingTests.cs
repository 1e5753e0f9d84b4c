using System.Globalization;
using System.Reflection;
using OnnxSentiment.Core;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>The settings of a recipe: what help says of each, and that its range is checked.</summary>
public class RecipeSettingTests
{
    private static readonly TrainingRecipe Recipe = PresetTable.Get(PresetTable.KerasTutorial);

    private static readonly Type[] Records =
        [typeof(TextSettings), typeof(ModelConfig), typeof(TrainingSettings), typeof(VectorSettings),
            typeof(TeacherSettings)];

    private static IEnumerable<TestCaseData> Ranges() =>
        from record in Records
        from property in record.GetProperties()
        let range = property.GetCustomAttribute<RangeAttribute>()
        where range is not null
        select new TestCaseData(NameOf(property), ToDouble(range.Minimum), ToDouble(range.Maximum));

    [Test]
    public void Describe_EverySetting_HasAMeaningOfItsOwnAndARange()
    {
        var settings = Recipe.Describe();
        Assert.That(settings, Has.Count.EqualTo(36));
        Assert.That(settings.Select(s => s.Name), Is.Unique.And.Contains("tokenizer").And.Contains("teacher_dropout"));
        Assert.That(settings.Select(s => s.Meaning), Is.Unique.And.All.Not.Empty);
        Assert.That(settings.Select(s => s.Range), Is.All.Not.Empty);
    }

    // A number without a range would take any value.
    [Test]
    public void Describe_EveryNumberButTheSeed_HasARange() => Assert.That(
        Records.SelectMany(record => record.GetProperties())
            .Where(property => property.SetMethod is not null && property.PropertyType != typeof(bool)
                && !property.PropertyType.IsEnum && property.GetCustomAttribute<RangeAttribute>() is null)
            .Select(NameOf),
        Is.EqualTo(new[] { "seed" }));

    [TestCase("cell", "one of rnn, gru, lstm, bag")]
    [TestCase("bidirectional", "true or false")]
    [TestCase("epochs", "1 to 10,000")]
    [TestCase("vocabulary_size", "4 to 10,000,000")]
    [TestCase("learning_rate", "1e-9 to 10")]
    [TestCase("readout_dropout", "0 to 0.99")]
    [TestCase("seed", "any whole number")]
    public void Describe_Range_IsWhatThePersonMayWrite(string name, string range) =>
        Assert.That(Recipe.Describe().Single(s => s.Name == name).Range, Is.EqualTo(range));

    [TestCaseSource(nameof(Ranges))]
    public void With_ValuesAtAndBeyondTheBounds_AreTakenAndRefused(string name, double low, double high)
    {
        Assert.That(() => Recipe.With(Assignment(name, low)), Throws.Nothing, "the smallest value");
        Assert.That(() => Recipe.With(Assignment(name, high)), Throws.Nothing, "the largest value");
        foreach (var beyond in new[] { Beyond(low, -1), Beyond(high, 1) })
        {
            Assert.That(
                () => Recipe.With(Assignment(name, beyond)),
                Throws.InstanceOf<InvalidInputException>().With.Message.StartsWith(name + " ")
                    .And.Message.Contains(Invariant(beyond)).And.Message.Contains(Invariant(low))
                    .And.Message.Contains(Invariant(high)));
        }
    }

    [Test]
    public void Validated_NotANumber_IsRefused() => Assert.That(
        () => new TrainingSettings { LearningRate = double.NaN }.Validated(),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("learning_rate").And.Message.Contains("NaN"));

    [Test]
    public void PurposeOf_EveryPreset_SaysWhatItIsFor() =>
        Assert.That(PresetTable.Names.Select(PresetTable.PurposeOf), Is.Unique.And.All.Not.Empty);

    private static string NameOf(PropertyInfo property) =>
        string.Concat(property.Name.Select(
            (c, i) => char.IsUpper(c) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    private static double ToDouble(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);

    private static string Assignment(string name, double value) => $"{name}={Invariant(value)}";

    private static string Invariant(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // One more where the bound is a whole number, which every setting takes; a hundredth of its size more where it is
    // not.
    private static double Beyond(double bound, int direction) =>
        bound == Math.Truncate(bound) ? bound + direction : bound + (direction * 0.01 * Math.Abs(bound));
}
