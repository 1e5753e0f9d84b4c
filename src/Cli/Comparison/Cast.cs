using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>One network of the comparison; it differs from the others in its cell and its directions alone.</summary>
/// <param name="Name">As options and folders spell it.</param>
/// <param name="Title">As the report spells it.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Bidirectional">Whether a second set of weights reads each text from its end.</param>
internal sealed record Contestant(string Name, string Title, CellKind Cell, bool Bidirectional)
{
    /// <summary>Whether the last state has come from the first through all of a text's steps, and through nothing else.</summary>
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

/// <summary>The networks, from the traditional one to the bidirectional ones.</summary>
internal static class Cast
{
    /// <summary>All of them, in the order of the report.</summary>
    internal static IReadOnlyList<Contestant> All { get; } =
    [
        new("bag", "bag of words", CellKind.Bag, Bidirectional: false),
        new("rnn", "RNN", CellKind.Rnn, Bidirectional: false),
        new("lstm", "LSTM", CellKind.Lstm, Bidirectional: false),
        new("gru", "GRU", CellKind.Gru, Bidirectional: false),
        new("birnn", "BiRNN", CellKind.Rnn, Bidirectional: true),
        new("bilstm", "BiLSTM", CellKind.Lstm, Bidirectional: true),
        new("bigru", "BiGRU", CellKind.Gru, Bidirectional: true),
    ];

    /// <summary>Their names, for messages.</summary>
    internal static string Names => string.Join(", ", All.Select(contestant => contestant.Name));

    /// <summary>Those of these names, in the order of the report; all where no name is given.</summary>
    /// <exception cref="InvalidInputException">There is no such network; the message lists the known ones.</exception>
    internal static IReadOnlyList<Contestant> Choose(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => All.All(contestant => contestant.Name != name)) is { } unknown)
        {
            throw new InvalidInputException($"There is no model '{unknown}' to compare; known ones: {Names}.");
        }

        return names.Count == 0 ? All : [.. All.Where(contestant => names.Contains(contestant.Name))];
    }
}
