using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The errors of a training whose loss is no longer a finite number: where it happened and what to do.
/// </summary>
internal static class NonFiniteLoss
{
    private const int ShownTexts = 3;

    /// <summary>The loss of one training step.</summary>
    /// <param name="loss">NaN or an infinity.</param>
    /// <param name="place">Epoch, step and learning rate.</param>
    /// <param name="texts">Where the texts of the step come from.</param>
    /// <param name="previousTexts">
    /// Where the texts of the step before come from, if that one left weights that are not finite: it is to blame then.
    /// Null otherwise.
    /// </param>
    internal static InvalidInputException InStep(
        double loss, StepPlace place, IReadOnlyList<string> texts, IReadOnlyList<string>? previousTexts) => new(
        previousTexts is null
            ? $"{LossBecame(loss, place)}, on {Name(texts)}: {Advice(place)}"
            : $"{LossBecame(loss, place)}, because the step before it, on {Name(previousTexts)}, left weights that " +
            $"are not finite: {Advice(place)}");

    /// <summary>
    /// The loss on the validation texts, after the last step of an epoch had left weights that are not finite.
    /// </summary>
    internal static InvalidInputException InValidation(double loss, StepPlace place) => new(
        $"The validation loss became {Format(loss)} after epoch {place.Epoch}, at learning_rate " +
        $"{Format(place.LearningRate)}: {Advice(place)}");

    private static string LossBecame(double loss, StepPlace place) =>
        $"The loss became {Format(loss)} in step {place.Step} of {place.Steps} of epoch {place.Epoch}, at " +
        $"learning_rate {Format(place.LearningRate)}";

    private static string Advice(StepPlace place)
    {
        var advice = "try a lower learning_rate, or gradient_clip=1.";
        return place is { IsKept: true, Epoch: > 1 }
            ? $"{advice} Epoch {place.Epoch - 1} is kept: --resume goes on from there, also with another " +
            $"learning_rate or gradient_clip."
            : advice;
    }

    private static string Name(IReadOnlyList<string> texts)
    {
        var names = string.Join(", ", texts.Take(ShownTexts));
        return texts.Count > ShownTexts ? $"{names} and {texts.Count - ShownTexts} more texts" : names;
    }

    private static string Format(double value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A step of a training.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Within the epoch, from 1.</param>
/// <param name="Steps">Of the whole epoch.</param>
/// <param name="LearningRate">Of the step.</param>
/// <param name="IsKept">Whether the epochs before are kept for a continuation.</param>
internal sealed record StepPlace(int Epoch, int Step, int Steps, double LearningRate, bool IsKept);
