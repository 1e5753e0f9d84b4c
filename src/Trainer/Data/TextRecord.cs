using System.Text.Json.Nodes;

namespace OnnxSentiment.Trainer;

/// <summary>One record of an input file.</summary>
/// <param name="Text">The text to classify.</param>
/// <param name="Fields">
/// All fields of the record in the order and with the names of the input, the text's included: strings where the input
/// has no other types. A new object for each record, free to be changed.
/// </param>
public sealed record TextRecord(string Text, JsonObject Fields);
