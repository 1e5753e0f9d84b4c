using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

// Reads texts from standard input, one a line, and writes a line with label and probability for each.
if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: AotSmoke MODEL < TEXTS");
    return 2;
}

try
{
    using var model = SentimentModel.Load(args[0]);
    while (Console.ReadLine() is { } text)
    {
        var prediction = model.Predict(text);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{prediction.Label} {prediction.Probability:F6}"));
    }

    return 0;
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
