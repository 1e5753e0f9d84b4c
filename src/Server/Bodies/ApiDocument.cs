using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OnnxSentiment.Server;

/// <summary>
/// The OpenAPI document at <c>openapi/v1.json</c>; <c>docs/openapi.json</c> is a copy that a test compares.
/// </summary>
internal static class ApiDocument
{
    private const string Json = "application/json";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options => options
        .AddOperationTransformer(DescribeBodyAsync)
        .AddDocumentTransformer(DescribeAsync));

    private static Task DescribeBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (operation.RequestBody?.Content is { } content && content.Remove(JsonBody.AnyContent, out var body))
        {
            content[Json] = body;
        }

        return Task.CompletedTask;
    }

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info.Title = "OnnxSentiment";
        document.Info.Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3);
        document.Info.Description =
            "A sentiment model behind the Open Inference Protocol (V2), with Triton's extensions, and one endpoint "
            + "for people.";

        // Whoever serves the document knows where; a copy of it does not.
        document.Servers?.Clear();
        return Task.CompletedTask;
    }
}
