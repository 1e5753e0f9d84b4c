using System.CommandLine;

namespace OnnxSentiment.Cli;

/// <summary>Options that more than one command has, so that they read and mean the same everywhere.</summary>
internal static class SharedOptions
{
    /// <summary>The model that ships, beside the tool.</summary>
    internal static string ShippedModel => Path.Combine(AppContext.BaseDirectory, "models", "imdb", "model.onnx");

    internal static Option<string> Model() => new("--model")
    {
        Description = "The exported model; default: the one that ships.",
        HelpName = "model.onnx",
        DefaultValueFactory = _ => ShippedModel,
    };

    internal static Option<string> Checkpoint() => new("--checkpoint")
    {
        Description = "The checkpoint's folder.",
        HelpName = "folder",
        Required = true,
    };

    internal static Option<bool> Json(string what) => new("--json")
    {
        Description = $"Print {what} as JSON.",
    };
}
