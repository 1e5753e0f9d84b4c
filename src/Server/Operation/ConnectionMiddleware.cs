namespace OnnxSentiment.Server;

/// <summary>Sends clients elsewhere while the server stops: each connection ends with its next answer.</summary>
internal sealed class ConnectionMiddleware(RequestDelegate next, Draining draining)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (draining.IsStopping && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }
}
