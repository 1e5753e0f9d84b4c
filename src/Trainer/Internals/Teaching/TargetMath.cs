namespace OnnxSentiment.Trainer.Internals.Teaching;

/// <summary>What a row of logits says about a target, for one output (logistic) as for several (softmax).</summary>
internal static class TargetMath
{
    internal static float[] Probabilities(float[] logits) =>
        logits.Length == 1 ? [(float)(1 / (1 + Math.Exp(-logits[0])))] : Softmax(logits);

    internal static (double Loss, double Accuracy) Measure(IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets) =>
        (logits.Zip(targets, CrossEntropy).Average(), logits.Zip(targets, IsRight).Average(right => right ? 1.0 : 0.0));

    // In nats; written so that it cannot overflow.
    private static double CrossEntropy(float[] logits, float[] target) =>
        logits.Length == 1
            ? (target[0] * SoftPlus(-logits[0])) + ((1 - target[0]) * SoftPlus(logits[0]))
            : logits.Zip(target, (logit, share) => share == 0 ? 0 : share * (LogSumExp(logits) - logit)).Sum();

    private static bool IsRight(float[] logits, float[] target) =>
        logits.Length == 1
            ? logits[0] >= 0 == target[0] > 0.5f
            : Array.IndexOf(logits, logits.Max()) == Array.IndexOf(target, target.Max());

    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double LogSumExp(float[] logits)
    {
        var largest = logits.Max();
        return largest + Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
    }

    private static float[] Softmax(float[] logits)
    {
        var sum = LogSumExp(logits);
        return Array.ConvertAll(logits, logit => (float)Math.Exp(logit - sum));
    }
}
