using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace OnnxSentiment.Server;

/// <summary>
/// Registers who may ask: with keys, every endpoint that does not allow anonymous callers asks for one; health and the
/// page are open, everything else is not.
/// </summary>
internal static class SecuritySetup
{
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var security = builder.Configuration.Read<SecurityOptions>("Security").Validated();
        builder.Services.AddSingleton(security);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (security.ApiKeys.Count > 0)
        {
            builder.Services.AddSingleton(new ApiKeys(security.ApiKeys));
            builder.Services.AddApiKeys();
        }
    }

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.WarnIfUnprotected();
    }

    public static void UseApiKeys(this WebApplication app)
    {
        if (app.Services.GetService<ApiKeys>() is not null)
        {
            app.UseAuthentication();
            app.UseAuthorization();
        }
    }

    private static void AddApiKeys(this IServiceCollection services)
    {
        // AddAuthentication would bring data protection, which writes keys of its own to the disk.
        services.AddAuthenticationCore(options => options.DefaultScheme = ApiKeyHandler.Bearer);
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Bearer, configureOptions: null);
        services.AddAuthorization(options => options.FallbackPolicy =
            new AuthorizationPolicyBuilder().RequireAssertion(IsKnownOrLost).Build());
    }

    // An address that nothing is at has nothing to keep, and says that it is not found.
    private static bool IsKnownOrLost(AuthorizationHandlerContext context) =>
        context.User.Identity?.IsAuthenticated == true || (context.Resource as HttpContext)?.GetEndpoint() is null;
}
