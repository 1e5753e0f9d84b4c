namespace OnnxSentiment.OnnxExporter;

/// <summary>What an exported graph reads.</summary>
public enum InputKind
{
    /// <summary>Token ids, which the caller makes: standard operators alone, for every runtime.</summary>
    Ids,

    /// <summary>Texts: the graph tokenises itself, with one operator that only ONNX Runtime has.</summary>
    Text,
}
