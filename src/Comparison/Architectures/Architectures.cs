using OnnxSentiment.Core;

namespace OnnxSentiment.Comparison;

/// <summary>The networks that are compared, from the traditional one to the bidirectional ones.</summary>
public static class Architectures
{
    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<ModelVariant> All { get; } =
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
    public static string Names => string.Join(", ", All.Select(variant => variant.Name));

    /// <summary>Those of these names, in the order of the report; all where no name is given.</summary>
    /// <exception cref="InvalidInputException">There is no such network; the message lists the known ones.</exception>
    internal static IReadOnlyList<ModelVariant> Choose(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => All.All(variant => variant.Name != name)) is { } unknown)
        {
            throw new InvalidInputException($"There is no model '{unknown}' to compare; known ones: {Names}.");
        }

        return names.Count == 0 ? All : [.. All.Where(variant => names.Contains(variant.Name))];
    }
}
