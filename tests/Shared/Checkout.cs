namespace OnnxSentiment.Tests.Shared;

/// <summary>Where things lie in the checkout that the tests were built from.</summary>
internal static class Checkout
{
    internal static string Root { get; } = FindRoot();

    /// <summary>The folder of the model that ships.</summary>
    internal static string ImdbModel => Path.Combine(Root, "models", "imdb");

    /// <summary>The real reviews, or an ignored test where they are not at hand.</summary>
    internal static string ImdbArchive()
    {
        var path = Environment.GetEnvironmentVariable("ONNX_SENTIMENT_IMDB");
        if (!File.Exists(path))
        {
            Assert.Ignore("ONNX_SENTIMENT_IMDB does not name the archive of the IMDB reviews.");
        }

        return path!;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OnnxSentiment.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
