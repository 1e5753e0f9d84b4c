using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison.Tests;

public class ArchitecturesTests
{
    [Test]
    public void Apply_EveryVariant_DiffersInItsArchitectureAndSeedAlone()
    {
        var recipe = PresetTable.Get(PresetTable.Quickstart).With("layers=2", "readout=attention");
        foreach (var variant in Architectures.All)
        {
            var applied = variant.Apply(recipe, seed: 9).Validated();
            Assert.That(
                (applied.Model.Cell, applied.Model.Bidirectional), Is.EqualTo((variant.Cell, variant.Bidirectional)));
            Assert.That(applied.Model.Layers, Is.EqualTo(1), variant.Name);
            Assert.That(
                applied.Model.Readout,
                Is.EqualTo(variant.Cell == CellKind.Bag ? ReadoutKind.Mean : ReadoutKind.Last), variant.Name);
            var own = new[] { "cell", "bidirectional", "layers", "readout", "seed" };
            Assert.That(
                applied.Describe().Where(setting => !own.Contains(setting.Name)),
                Is.EqualTo(recipe.Describe().Where(setting => !own.Contains(setting.Name))), variant.Name);
            Assert.That(applied.Training.Seed, Is.EqualTo(9));
        }
    }

    [Test]
    public void ReadsForwards_OfAll_AreTheThreeOfOneDirection() => Assert.That(
        Architectures.All.Where(variant => variant.ReadsForwards).Select(variant => variant.Name),
        Is.EqualTo(["rnn", "lstm", "gru"]));

    [Test]
    public void Choose_Names_GivesThemInTheOrderOfTheReport()
    {
        Assert.That(Architectures.Choose(["gru", "bag"]).Select(variant => variant.Name), Is.EqualTo(["bag", "gru"]));
        Assert.That(Architectures.Choose([]), Is.EqualTo(Architectures.All));
        Assert.That(() => Architectures.Choose(["lstm", "transformer"]), Throws.InstanceOf<InvalidInputException>()
            .With.Message.Contains("'transformer'").And.Message.Contains("bag, rnn, lstm, gru, birnn, bilstm, bigru"));
    }
}
