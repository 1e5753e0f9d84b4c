namespace OnnxSentiment.Server;

/// <summary>Sends clients elsewhere while the server stops: each connection ends with its next answer.</summary>
internal sealed class ConnectionMiddleware(RequestDelegate next, Draining draining)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (draining.IsStopping && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // At the last moment: an error's answer begins with no headers.
            context.Response.OnStarting(CloseAsync, context.Response.Headers);
        }

        return next(context);
    }

    private static Task CloseAsync(object state)
    {
        ((IHeaderDictionary)state).Connection = "close";
        return Task.CompletedTask;
    }
}
