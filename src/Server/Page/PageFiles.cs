namespace OnnxSentiment.Server;

/// <summary>The page at <c>/</c>: the files of <c>wwwroot</c>, open to everybody, as they hold nothing of this server's.</summary>
internal static class PageFiles
{
    public static void UsePage(this WebApplication app)
    {
        app.UseDefaultFiles();

        // Browsers ask each time whether a file has changed: after an update, old and new modules never meet.
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
    }
}
