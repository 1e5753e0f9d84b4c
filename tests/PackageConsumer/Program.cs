using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

// Predicts two texts whose sentiment nobody doubts. Exit code 0 if both come out right, 1 if not, 2 for a model that
// cannot be loaded.
if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: PackageConsumer MODEL");
    return 2;
}

try
{
    using var model = SentimentModel.Load(args[0]);
    var predictions = model.Predict(
        ["A wonderful, moving film with superb acting.", "A dull, boring and awful waste of time."]);
    Console.WriteLine(string.Join(' ', predictions.Select(prediction => prediction.Label)));
    return predictions is [{ Label: "positive", Probability: > 0.5f }, { Label: "negative", Probability: < 0.5f }]
        ? 0
        : 1;
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
