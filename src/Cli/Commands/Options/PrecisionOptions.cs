using System.CommandLine;
using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>The options of <c>export</c> that make a smaller file, and those that say what it may cost.</summary>
internal sealed class PrecisionOptions
{
    private readonly DatasetLoader _data =
        new("With fp16 or int8, labeled texts on which accuracy is compared with float32", required: false);

    private readonly Option<string> _precision = new("--precision")
    {
        Description = $"How weights are stored: {string.Join(", ", Precisions.Names)}.",
        HelpName = string.Join('|', Precisions.Names),
        DefaultValueFactory = _ => Precisions.NameOf(default),
    };

    private readonly Option<double> _maximumDrop = new("--max-accuracy-drop")
    {
        CustomParser = result => Numbers.Parse(result) ?? default,
        Description = "With --data, percentage points of accuracy that may be lost against float32. The file is " +
            "refused where more is lost and the loss is statistically significant (McNemar's exact test on the same " +
            "texts, p < 0.05); where it is not, the file is written with a warning.",
        HelpName = "points",
        DefaultValueFactory = _ => AccuracyGate.DefaultMaximumDrop,
    };

    private readonly Option<bool> _requireProof = new("--prove-accuracy")
    {
        Description = "With --data, refuse the file unless the texts show, at 95 % confidence, that no more than " +
            "--max-accuracy-drop is lost; a few thousand texts are needed.",
    };

    internal void AddTo(Command command)
    {
        command.Add(_precision);
        _data.AddTo(command);
        command.Add(_maximumDrop);
        command.Add(_requireProof);
    }

    /// <summary>The precision that was asked for.</summary>
    /// <exception cref="InvalidInputException">It is not known, or other options do not go with it.</exception>
    internal Precision Precision(ParseResult arguments)
    {
        var precision = Precisions.Parse(arguments.GetRequiredValue(_precision));
        if (precision == default && _data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                $"--data measures what a smaller precision costs, but --precision is {Precisions.NameOf(precision)}. " +
                "Add --precision fp16 or int8, or leave --data out.");
        }

        if (arguments.GetResult(_maximumDrop) is { Implicit: false } && !_data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                string.Create(
                    CultureInfo.InvariantCulture, $"--max-accuracy-drop is {arguments.GetValue(_maximumDrop)}, ") +
                "but there is no --data with labeled texts to measure it on.");
        }

        if (arguments.GetValue(_requireProof) && !_data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                "--prove-accuracy was given, but there is no --data with labeled texts to measure accuracy on.");
        }

        Guard.InRange("--max-accuracy-drop", arguments.GetValue(_maximumDrop), 0, 100);
        return precision;
    }

    /// <summary>The gate on the texts of <c>--data</c>, or null without them.</summary>
    /// <exception cref="InvalidInputException">The data cannot be read, or the model has other labels.</exception>
    internal async Task<AccuracyGate?> AccuracyGateAsync(
        ParseResult arguments, Checkpoint checkpoint, CancellationToken cancellation)
    {
        if (await _data.ReadAsync(arguments, cancellation, checkpoint.Config.Labels) is not { } dataset)
        {
            return null;
        }

        var texts = DatasetLoader.TestTexts(dataset, checkpoint.Config.Labels);
        return new AccuracyGate(
            [.. texts.Select(text => text.Text)], [.. texts.Select(text => text.Label)],
            arguments.GetValue(_maximumDrop), arguments.GetValue(_requireProof));
    }
}
