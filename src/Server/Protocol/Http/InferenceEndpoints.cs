using Grpc.Core;
using Microsoft.AspNetCore.Mvc;

namespace OnnxSentiment.Server;

/// <summary>The Open Inference Protocol V2 over HTTP: the server, its models, and inference.</summary>
internal static class InferenceEndpoints
{
    private static readonly string[] Extensions =
        ["binary_tensor_data", "classification", "model_repository", "parameters", "statistics"];

    public static void MapInferenceProtocol(this IEndpointRouteBuilder routes)
    {
        var v2 = routes.MapGroup("/v2").WithTags("inference");
        v2.MapGet("", () => TypedResults.Ok(new ServerBody(ServerIdentity.Name, ServerIdentity.Version, Extensions)))
            .WithSummary("Name, version and extensions of the server.");
        v2.MapGet("health/live", () => TypedResults.Ok()).AllowAnonymous().WithSummary("Whether the process answers.");
        v2.MapGet("health/ready", Ready).AllowAnonymous()
            .WithSummary("Whether a model is served and the server does not stop.")
            .Produces(StatusCodes.Status200OK).Produces<ErrorBody>(StatusCodes.Status503ServiceUnavailable);
        foreach (var path in new[] { "models/{model}", "models/{model}/versions/{version}" })
        {
            MapModel(v2, path);
        }
    }

    private static void MapModel(RouteGroupBuilder v2, string path)
    {
        v2.MapGet(path, Model).WithSummary("Inputs, outputs and versions of a model.").ProducesErrors();
        v2.MapGet($"{path}/ready", ModelReady).WithSummary("Whether a model is served.")
            .Produces(StatusCodes.Status200OK).ProducesErrors();
        v2.MapPost($"{path}/infer", InferAsync).WithSummary("Computes texts or token ids.")
            .Accepts<InferRequestBody>(JsonBody.AnyContent).Produces<InferResponseBody>().ProducesErrors();
    }

    private static IResult Ready(Readiness readiness) => readiness.IsReady
        ? TypedResults.Ok()
        : throw new RequestException(StatusCode.Unavailable, readiness.Reason);

    private static IResult ModelReady(string model, string? version, ModelRepository repository)
    {
        using var lease = repository.Lease(model, version);
        return TypedResults.Ok();
    }

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<ModelBody> Model(
        string model, string? version, ModelRepository repository)
    {
        using var lease = repository.Lease(model, version);
        return TypedResults.Ok(ModelDescription.Of(lease.Version, repository.VersionsOf(model)));
    }

    private static async Task<IResult> InferAsync(
        string model, string? version, [FromHeader(Name = InferRequestReader.HeaderLength)] string? headerLength,
        HttpContext context, InferenceService service)
    {
        var body = await JsonBody.ReadAsync(context.Request);
        var request = InferRequestReader.Read(model, version, body.Span, headerLength);
        return new InferResult(request, await service.InferAsync(request.Request, context.RequestAborted));
    }
}
