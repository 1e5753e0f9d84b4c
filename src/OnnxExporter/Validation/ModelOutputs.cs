namespace OnnxSentiment.OnnxExporter.Validation;

/// <summary>What a computation of the model returns for a batch: one number of each kind a text, in the order of the texts.</summary>
/// <param name="Logits">The classifier's outputs before the sigmoid.</param>
/// <param name="Probabilities">The probabilities of the second label.</param>
public sealed record ModelOutputs(double[] Logits, double[] Probabilities);
