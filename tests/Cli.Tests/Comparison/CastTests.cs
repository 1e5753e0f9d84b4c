using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli.Tests;

public class CastTests
{
    [Test]
    public void Apply_EveryContestant_DiffersInItsArchitectureAndSeedAlone()
    {
        var recipe = PresetTable.Get(PresetTable.Quickstart).With("layers=2", "readout=attention");
        foreach (var contestant in Cast.All)
        {
            var applied = contestant.Apply(recipe, seed: 9).Validated();
            Assert.That((applied.Model.Cell, applied.Model.Bidirectional), Is.EqualTo((contestant.Cell, contestant.Bidirectional)));
            Assert.That(applied.Model.Layers, Is.EqualTo(1), contestant.Name);
            Assert.That(applied.Model.Readout, Is.EqualTo(contestant.Cell == CellKind.Bag ? ReadoutKind.Mean : ReadoutKind.Last), contestant.Name);
            var own = new[] { "cell", "bidirectional", "layers", "readout", "seed" };
            Assert.That(
                applied.Describe().Where(setting => !own.Contains(setting.Name)),
                Is.EqualTo(recipe.Describe().Where(setting => !own.Contains(setting.Name))), contestant.Name);
            Assert.That(applied.Training.Seed, Is.EqualTo(9));
        }
    }

    [Test]
    public void ReadsForwards_OfTheCast_AreTheThreeOfOneDirection() => Assert.That(
        Cast.All.Where(contestant => contestant.ReadsForwards).Select(contestant => contestant.Name), Is.EqualTo(["rnn", "lstm", "gru"]));

    [Test]
    public void Choose_Names_GivesThemInTheOrderOfTheReport()
    {
        Assert.That(Cast.Choose(["gru", "bag"]).Select(contestant => contestant.Name), Is.EqualTo(["bag", "gru"]));
        Assert.That(Cast.Choose([]), Is.EqualTo(Cast.All));
        Assert.That(() => Cast.Choose(["lstm", "transformer"]), Throws.InstanceOf<InvalidInputException>()
            .With.Message.Contains("'transformer'").And.Message.Contains("bag, rnn, lstm, gru, birnn, bilstm, bigru"));
    }
}
