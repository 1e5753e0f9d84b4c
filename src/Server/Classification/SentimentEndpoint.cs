using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary><c>POST /sentiment</c>: a text or several in plain JSON, for people and pages.</summary>
internal static class SentimentEndpoint
{
    private const string Expected = "an object of 'text' or 'texts', and perhaps 'explain' and 'model', in JSON";

    public static async Task<IResult> AnswerAsync(
        HttpContext context, ModelRepository repository, Explainer explainer, LimitOptions limits)
    {
        var body = await JsonBody.ReadAsync(context.Request);
        var request = JsonBody.Parse(body.Span, SentimentJson.Bodies.SentimentRequestBody, Expected);
        var texts = TextsOf(request, limits);
        using var lease = repository.Lease(request.Model ?? repository.DefaultName(), version: null);
        var (version, model) = (lease.Version, lease.Version.Model);
        var aborted = context.RequestAborted;
        var results = await version.Statistics.CountAsync<IEnumerable<SentimentBody>>(async () => request.Explain
            ? (await explainer.ExplainAsync(model, texts, aborted)).Select(explanation => Body(model, explanation))
            : (await version.Queue.PredictAsync(texts, aborted)).Select(prediction => Body(model, prediction, null)));
        return request.Texts is null
            ? TypedResults.Ok(results.Single())
            : TypedResults.Ok(new SentimentListBody([.. results]));
    }

    private static IReadOnlyList<string> TextsOf(SentimentRequestBody request, LimitOptions limits)
    {
        IReadOnlyList<string?> texts = (request.Text, request.Texts) switch
        {
            ({ } text, null) => [text],
            (null, { } several) => several,
            _ => throw RequestException.Invalid(
                $"The body is not {Expected}: give either 'text' or 'texts'."),
        };
        limits.CheckTexts(texts.Count);
        return [.. texts.Select((text, i) => Checked(text, i, limits))];
    }

    private static string Checked(string? text, int position, LimitOptions limits)
    {
        if (text is null)
        {
            throw RequestException.Invalid($"Text {position} is null; a text that says nothing is \"\".");
        }

        limits.CheckText(text, position);
        return text;
    }

    private static SentimentBody Body(SentimentModel model, SentimentExplanation explanation) => Body(
        model,
        explanation.Prediction,
        [.. explanation.Tokens.Select(token => new TokenBody(token.Start, token.Length, token.Weight, token.IsKnown))]);

    private static SentimentBody Body(
        SentimentModel model, SentimentPrediction prediction, IReadOnlyList<TokenBody>? tokens) => new(
        prediction.Label,
        prediction.Probability,
        model.Labels.Zip(prediction.Probabilities).ToDictionary(pair => pair.First, pair => pair.Second),
        tokens);
}
