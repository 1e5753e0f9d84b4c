using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>A network of the comparison. It differs from the others in its cell and its directions alone.</summary>
/// <param name="Name">As options and folders spell it.</param>
/// <param name="Title">As the report spells it.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Bidirectional">Whether a second set of weights reads each text from its end.</param>
public sealed record ModelVariant(string Name, string Title, CellKind Cell, bool Bidirectional)
{
    /// <summary>
    /// Whether the last state depends on the first through all of a text's steps, and through nothing else.
    /// </summary>
    internal bool ReadsForwards => Cell != CellKind.Bag && !Bidirectional;

    /// <summary>The common settings with this network's architecture and a seed.</summary>
    internal TrainingRecipe Apply(TrainingRecipe recipe, int seed) => recipe with
    {
        Model = recipe.Model with
        {
            Cell = Cell,
            Bidirectional = Bidirectional,
            Layers = 1,
            Readout = Cell == CellKind.Bag ? ReadoutKind.Mean : ReadoutKind.Last,
        },
        Training = recipe.Training with { Seed = seed },
    };
}
