namespace OnnxSentiment.Server.Operation;

/// <summary>The OpenAPI document at <c>openapi/v1.json</c>; <c>docs/openapi.json</c> is a copy that a test compares.</summary>
internal static class ApiDocument
{
    /// <summary>For endpoints whose body is JSON whatever its header says, as Triton's are.</summary>
    public const string AnyContent = "*/*";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "OnnxSentiment";
            document.Info.Description = "A sentiment model behind the Open Inference Protocol (V2), and one endpoint for people.";

            // Whoever serves the document knows where; a copy of it does not.
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));
}
