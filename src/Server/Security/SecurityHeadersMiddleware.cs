using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// Tells browsers what the page may do, which is only to talk to this server, and keeps pages of other sites from using
/// it in their visitors' name: a request that carries another site's <c>Origin</c> is refused.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error's answer begins with no headers.
        context.Response.OnStarting(AddHeadersAsync, context.Response.Headers);
        return IsOfOtherSite(context.Request)
            ? throw new RequestException(
                StatusCode.PermissionDenied,
                "The request comes from a page of another site, which may not use this server.")
            : next(context);
    }

    private static Task AddHeadersAsync(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    private static bool IsOfOtherSite(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && request.Host.Equals(new HostString(uri.Authority)));
    }
}
