using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

// Reads texts from standard input, one a line, and writes a line with label and probability for each; with --ids, a
// line with the token ids that the model reads instead.
if (args is not ([_] or [_, "--ids"]))
{
    Console.Error.WriteLine("Usage: AotSmoke MODEL [--ids] < TEXTS");
    return 2;
}

try
{
    using var model = SentimentModel.Load(args[0]);
    Func<string, string> answer = args.Length == 1 ? text => Predict(model, text) : text => Ids(model, text);
    while (Console.ReadLine() is { } text)
    {
        Console.WriteLine(answer(text));
    }

    return 0;
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static string Predict(SentimentModel model, string text)
{
    var prediction = model.Predict(text);
    return string.Create(CultureInfo.InvariantCulture, $"{prediction.Label} {prediction.Probability:F6}");
}

static string Ids(SentimentModel model, string text)
{
    var ids = new long[model.MaximumLength];
    var count = new TextEncoder(model.Metadata.Text, model.Metadata.Vocabulary).Encode(text, ids);
    return string.Join(' ', ids.AsSpan(..count).ToArray());
}
