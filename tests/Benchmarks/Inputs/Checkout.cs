namespace OnnxSentiment.Benchmarks;

/// <summary>Where things lie in the checkout that the benchmarks were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Model => Path.Combine(Root, "models", "imdb", "model.onnx");

    public static string Checkpoint => Path.Combine(Root, "models", "imdb", "checkpoint");

    /// <summary>What build/bench.sh exports itself.</summary>
    public static string Int8Model => Path.Combine(Artifacts, "int8", "model.onnx");

    /// <summary>What build/bench.sh exports itself, in half precision.</summary>
    public static string Fp16Model => Path.Combine(Artifacts, "fp16", "model.onnx");

    /// <summary>Where the scripts that call other tools lie, and those of npm.</summary>
    public static string Outside => Path.Combine(Root, "build", "outside");

    /// <summary>What is made anew when it is missing; ignored by git.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts", "bench");

    public static string Results => Path.Combine(Root, "tests", "Benchmarks", "results");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OnnxSentiment.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks do not run inside a checkout.");
    }
}
