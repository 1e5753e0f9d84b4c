using System.CommandLine.Parsing;
using System.Globalization;

namespace OnnxSentiment.Cli;

/// <summary>Numbers as options, with a decimal point: a comma would be skipped as the separator of thousands.</summary>
internal static class Numbers
{
    /// <summary>Reads a number, or notes what is wrong with it.</summary>
    internal static double? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var option = (result.Parent as OptionResult)?.Option.Name;
        result.AddError($"{option} is '{text}', but a number with a decimal point was expected, as in 0.5.");
        return null;
    }
}
