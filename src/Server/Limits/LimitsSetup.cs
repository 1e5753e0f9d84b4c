namespace OnnxSentiment.Server;

/// <summary>Registers what one request, and all at once, may ask for.</summary>
internal static class LimitsSetup
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var batching = builder.Configuration.Read<BatchingSettings>("Batching");
        var limits = builder.Configuration.Read<LimitOptions>("Limits").Validated(batching);
        builder.Services.AddSingleton(limits);
        builder.Services.AddRequestLimit(limits.Requests);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = limits.BodyBytes);
    }
}
