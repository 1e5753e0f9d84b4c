using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary><c>POST /sentiment</c>: a text or several in plain JSON, for people and pages.</summary>
internal static class SentimentEndpoint
{
    private const string Expected = "an object of 'text' or 'texts', and perhaps 'explain' and 'model', in JSON";

    public static void AddSentiment(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Explainer>();

    public static void MapSentiment(this WebApplication app) => app.MapPost("/sentiment", AnswerAsync)
        .WithTags("sentiment").WithSummary("What the model says about a text, or about several.")
        .Accepts<SentimentRequestBody>("application/json").Produces<SentimentBody>().Produces<ErrorBody>(StatusCodes.Status415UnsupportedMediaType).ProducesErrors();

    private static async Task<IResult> AnswerAsync(
        HttpContext context, ModelRepository repository, InferenceService inference, Explainer explainer, LimitOptions limits)
    {
        var request = JsonBody.Parse((await JsonBody.ReadAsync(context.Request)).Span, ServerJson.Bodies.SentimentRequestBody, Expected);
        var texts = TextsOf(request, limits);
        using var lease = repository.Lease(request.Model ?? repository.DefaultName(), version: null);
        var model = lease.Version.Model;
        var results = await lease.Version.Statistics.CountAsync<IEnumerable<SentimentBody>>(async () => request.Explain
            ? (await explainer.ExplainAsync(model, texts, context.RequestAborted)).Select(explanation => Body(model, explanation))
            : (await inference.PredictAsync(lease.Version, texts, context.RequestAborted)).Select(prediction => Body(model, prediction, null)));
        return request.Texts is null ? TypedResults.Ok(results.Single()) : TypedResults.Ok(new SentimentListBody([.. results]));
    }

    private static IReadOnlyList<string> TextsOf(SentimentRequestBody request, LimitOptions limits)
    {
        IReadOnlyList<string?> texts = (request.Text, request.Texts) switch
        {
            ({ } text, null) => [text],
            (null, { } several) => several,
            _ => throw new RequestException(ErrorReason.Invalid, $"The body is not {Expected}: give either 'text' or 'texts'."),
        };
        limits.CheckTexts(texts.Count);
        return [.. texts.Select((text, i) => Checked(text, i, limits))];
    }

    private static string Checked(string? text, int position, LimitOptions limits)
    {
        if (text is null)
        {
            throw new RequestException(ErrorReason.Invalid, $"Text {position} is null; a text that says nothing is \"\".");
        }

        limits.CheckText(text, position);
        return text;
    }

    private static SentimentBody Body(SentimentModel model, SentimentExplanation explanation) => Body(
        model, explanation.Prediction, [.. explanation.Tokens.Select(token => new TokenBody(token.Start, token.Length, token.Weight, token.IsKnown))]);

    private static SentimentBody Body(SentimentModel model, SentimentPrediction prediction, IReadOnlyList<TokenBody>? tokens) => new(
        prediction.Label,
        prediction.Probability,
        model.Labels.Zip(prediction.Probabilities).ToDictionary(pair => pair.First, pair => pair.Second),
        tokens);
}
