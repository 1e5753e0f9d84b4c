namespace OnnxSentiment.Server;

/// <summary>Registers <c>POST /sentiment</c>.</summary>
internal static class ClassificationSetup
{
    public static void AddClassification(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Explainer>();
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, new SentimentJson()));
    }

    public static void MapClassification(this WebApplication app) =>
        app.MapPost("/sentiment", SentimentEndpoint.AnswerAsync)
        .WithTags("sentiment").WithSummary("What the model says about a text, or about several.")
        .Accepts<SentimentRequestBody>("application/json").Produces<SentimentBody>()
        .Produces<ErrorBody>(StatusCodes.Status415UnsupportedMediaType).ProducesErrors();
}
