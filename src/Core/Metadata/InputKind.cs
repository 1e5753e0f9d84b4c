namespace OnnxSentiment.Core;

/// <summary>What the graph of a model reads.</summary>
public enum InputKind
{
    /// <summary>Token ids, which the caller makes: standard operators alone, for every runtime.</summary>
    Ids,

    /// <summary>Texts: the graph tokenizes itself, with one operator that only ONNX Runtime has.</summary>
    Text,
}
