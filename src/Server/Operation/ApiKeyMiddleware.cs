using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace OnnxSentiment.Server;

/// <summary>
/// Asks for a key, <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>, at every endpoint that does not allow anonymous
/// callers: health and the page are open, everything else is not.
/// </summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, SecurityOptions options)
{
    private const string Scheme = "Bearer ";

    // Hashes are of one length, and comparing all of them takes the same time whichever fits.
    private readonly byte[][] _hashes = [.. options.ApiKeys.Select(key => Hash(key.Trim()))];

    public Task InvokeAsync(HttpContext context)
    {
        if (_hashes.Length > 0 && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && !IsKnown(KeyOf(context.Request)))
        {
            context.Response.Headers.WWWAuthenticate = Scheme.TrimEnd();
            throw new RequestException(ErrorReason.Unauthorized, "Send a known key, as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.");
        }

        return next(context);
    }

    private static string KeyOf(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : request.Headers["X-Api-Key"].ToString();
    }

    private bool IsKnown(string key)
    {
        var hash = Hash(key);
        var isKnown = false;
        foreach (var known in _hashes)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(known, hash);
        }

        return isKnown;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
