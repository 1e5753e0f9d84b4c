namespace OnnxSentiment.Server;

/// <summary>The names under which requests are counted: a route's pattern, so that no name from a request becomes a label.</summary>
internal static class RouteNames
{
    public static string Of(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { Length: > 0 } pattern ? $"/{pattern.TrimStart('/')}" : "other";
}
