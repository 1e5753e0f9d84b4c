using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>The table that help is made from, against the records that settings are read into.</summary>
public class SettingTableTests
{
    private static readonly TrainingRecipe Recipe = PresetTable.Get(PresetTable.KerasTutorial);

    private static IEnumerable<string> Numbers => SettingTable.Names.Where(name => SettingTable.Of(name).Minimum is not null);

    [Test]
    public void Describe_EverySetting_HasAMeaningOfItsOwnAndARange()
    {
        var settings = Recipe.Describe();
        Assert.That(settings.Select(s => s.Name), Is.EqualTo(SettingTable.Names), "in the order of the recipe, none too many");
        Assert.That(settings.Select(s => s.Meaning), Is.Unique.And.All.Not.Empty);
        Assert.That(settings.Select(s => s.Range), Is.All.Not.Empty);
    }

    [TestCase("cell", "one of rnn, gru, lstm, bag")]
    [TestCase("bidirectional", "true or false")]
    [TestCase("epochs", "1 to 10,000")]
    [TestCase("learning_rate", "1e-9 to 10")]
    [TestCase("readout_dropout", "0 to 0.99")]
    [TestCase("seed", "any whole number")]
    public void Describe_Range_IsWhatThePersonMayWrite(string name, string range) =>
        Assert.That(Recipe.Describe().Single(s => s.Name == name).Range, Is.EqualTo(range));

    [TestCaseSource(nameof(Numbers))]
    public void Of_Bounds_AreThoseThatTheRecordsCheck(string name)
    {
        var (_, low, high) = SettingTable.Of(name);
        Assert.That(() => Recipe.With(Assignment(name, low!.Value)), Throws.Nothing, "the smallest value");
        Assert.That(() => Recipe.With(Assignment(name, high!.Value)), Throws.Nothing, "the largest value");
        Assert.That(() => Recipe.With(Assignment(name, Beyond(low!.Value, -1))), Throws.InstanceOf<InvalidInputException>(), "less than the smallest");
        Assert.That(() => Recipe.With(Assignment(name, Beyond(high!.Value, 1))), Throws.InstanceOf<InvalidInputException>(), "more than the largest");
    }

    [Test]
    public void PurposeOf_EveryPreset_SaysWhatItIsFor() => Assert.That(PresetTable.Names.Select(PresetTable.PurposeOf), Is.Unique.And.All.Not.Empty);

    private static string Assignment(string name, double value) => $"{name}={value.ToString("R", CultureInfo.InvariantCulture)}";

    // One more where the bound is a whole number, which every setting takes; a hundredth of its size more where it is not.
    private static double Beyond(double bound, int direction) =>
        bound == Math.Truncate(bound) ? bound + direction : bound + (direction * 0.01 * Math.Abs(bound));
}
