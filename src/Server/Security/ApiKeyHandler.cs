using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace OnnxSentiment.Server;

/// <summary>Knows callers by a key: <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>.</summary>
internal sealed class ApiKeyHandler(
    ApiKeys keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, UrlEncoder.Default)
{
    /// <summary>The scheme, by its name in the headers.</summary>
    public const string Bearer = "Bearer";

    private const string Prefix = Bearer + " ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(keys.IsKnown(KeyOf(Request))
        ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(Scheme.Name)), Scheme.Name))
        : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Bearer;
        return ErrorResponse.WriteAsync(Context, new RequestException(
            StatusCode.Unauthenticated, "Send a known key, as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'."));
    }

    private static string KeyOf(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? authorization[Prefix.Length..].Trim()
            : request.Headers["X-Api-Key"].ToString();
    }
}

/// <summary>The keys that clients may send, in the form in which they are compared. Thread-safe.</summary>
internal sealed class ApiKeys(IEnumerable<string> keys)
{
    // Hashes are of one length, and comparing all of them takes the same time whichever fits.
    private readonly byte[][] _hashes = [.. keys.Select(key => Hash(key.Trim()))];

    /// <summary>Whether it is one of the keys.</summary>
    public bool IsKnown(string key)
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
