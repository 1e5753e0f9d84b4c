using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Makes probabilities mean what they say: divides the logits by the temperature under which the validation texts'
/// labels are the most probable (Guo et al., ICML 2017), within bounds. Changes no decision.
/// </summary>
internal static class TemperatureScaling
{
    // Networks are seldom further off. Where all validation texts are classified rightly, the labels get the more
    // probable the lower the temperature is, without end; such a slice shows that the network is good, not how sure it
    // may be.
    private const double LowestTemperature = 0.25, HighestTemperature = 4;

    /// <summary>
    /// Folds the temperature into the last layer's weights and returns it; over 1: the network was too sure.
    /// </summary>
    internal static double Apply(
        SentimentNetwork network, EncodedTexts validation, CancellationToken cancellation = default)
    {
        // The loss is convex in the scale, so that the nearest bound is the best where the best of all lies beyond it.
        var best = Ensemble.Fit([network.Predict(validation.Ids, cancellation)], validation.Targets).Weights[0];
        var scale = Math.Clamp(best, 1 / HighestTemperature, 1 / LowestTemperature);
        var weights = network.CopyWeights();
        foreach (var name in new[] { WeightNames.Classifier, WeightNames.ClassifierBias })
        {
            var scaled = weights[name].AsFloats().ToArray();
            for (var i = 0; i < scaled.Length; i++)
            {
                scaled[i] = (float)(scaled[i] * scale);
            }

            network.SetWeight(name, SafetensorsTensor.FromFloats(scaled, weights[name].Shape));
        }

        return 1 / scale;
    }
}
