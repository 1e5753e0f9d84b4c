using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OnnxSentiment.Server;

/// <summary>Triton's extensions of the protocol: the model repository and statistics.</summary>
internal static class RepositoryEndpoints
{
    public static void MapRepository(this IEndpointRouteBuilder routes)
    {
        var v2 = routes.MapGroup("/v2").WithTags("repository");
        v2.MapPost("repository/index", IndexAsync)
            .WithSummary("Every version in the repository, and why one is not served.")
            .Accepts<IndexRequestBody>(isOptional: true, JsonBody.AnyContent).ProducesErrors();
        v2.MapPost("repository/models/{model}/load", LoadAsync).WithSummary("Loads a model's newest versions.")
            .Produces(StatusCodes.Status200OK).ProducesErrors();
        v2.MapPost("repository/models/{model}/unload", UnloadAsync).WithSummary("Serves a model no more.")
            .Produces(StatusCodes.Status200OK).ProducesErrors();
        v2.MapGet("models/stats", AllStatistics).WithSummary("Counts and times of all models.").ProducesErrors();
        v2.MapGet("models/{model}/stats", Statistics).WithSummary("Counts and times of a model.").ProducesErrors();
        v2.MapGet("models/{model}/versions/{version}/stats", Statistics)
            .WithSummary("Counts and times of a version.").ProducesErrors();
    }

    private static async Task<Ok<IReadOnlyList<IndexEntryBody>>> IndexAsync(
        HttpContext context, ModelRepository repository)
    {
        var body = await JsonBody.ReadAsync(context.Request);
        var onlyReady = body.Length > 0
            && JsonBody.Parse(body.Span, ProtocolJson.Bodies.IndexRequestBody, "an index request in JSON").Ready;
        var states = await repository.IndexAsync(context.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<IndexEntryBody>>([.. states.Where(state => state.IsReady || !onlyReady)
            .Select(state => new IndexEntryBody(
                state.Name, state.Version, state.IsReady ? "READY" : "UNAVAILABLE", state.Reason,
                state.IsVerified))]);
    }

    private static async Task<IResult> LoadAsync(string model, HttpContext context, RepositoryControl control)
    {
        var body = await JsonBody.ReadAsync(context.Request);
        if (body.Length > 0 && HasParameters(body.Span))
        {
            throw RequestException.Invalid(
                "A load takes no parameters here: configuration and files come from the repository alone.");
        }

        await control.LoadAsync(model, context.RequestAborted);
        return TypedResults.Ok();
    }

    private static async Task<IResult> UnloadAsync(string model, HttpContext context, RepositoryControl control)
    {
        await control.UnloadAsync(model, context.RequestAborted);
        return TypedResults.Ok();
    }

    private static Ok<StatisticsBody> AllStatistics(ModelRepository repository) =>
        TypedResults.Ok(new StatisticsBody([.. repository.Served.Select(ModelDescription.Statistics)]));

    private static Ok<StatisticsBody> Statistics(string model, string? version, ModelRepository repository)
    {
        if (version is null)
        {
            return TypedResults.Ok(
                new StatisticsBody([.. repository.VersionsOf(model).Select(ModelDescription.Statistics)]));
        }

        using var lease = repository.Lease(model, version);
        return TypedResults.Ok(new StatisticsBody([ModelDescription.Statistics(lease.Version)]));
    }

    private static bool HasParameters(ReadOnlySpan<byte> json) =>
        JsonBody.Parse(json, ProtocolJson.Bodies.DictionaryStringJsonElement, "a load request in JSON")
            .TryGetValue("parameters", out var parameters)
                && parameters.ValueKind == JsonValueKind.Object
                && parameters.EnumerateObject().Any();
}
