using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>The section <c>Models</c>: where models are and how they are kept. Immutable.</summary>
internal sealed record ModelsOptions
{
    /// <summary>The folder <c>name/version/model.onnx</c>; null for the model that comes with the server.</summary>
    public string? Repository { get; init; }

    /// <summary>The model of <c>POST /sentiment</c> without <c>model</c>; null where there is only one.</summary>
    public string? Default { get; init; }

    /// <summary>How many of a model's newest versions are served; requests that name none get the newest.</summary>
    public int Versions { get; init; } = 1;

    /// <summary>How often the repository is looked at; 0 for only at the start and by <c>v2/repository</c>.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether a version is refused unless its <c>verification.json</c> and its test data prove it; without, it is
    /// served with a warning.
    /// </summary>
    public bool RequireVerification { get; init; }

    /// <summary>
    /// How long the files of a version that is not verified have to stay unchanged before it is served: it may be half
    /// copied. A verified version does not wait.
    /// </summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether clients may load and unload models by <c>v2/repository</c>.</summary>
    public bool Control { get; init; } = true;

    /// <summary>See <see cref="SentimentServiceOptions.Device"/>.</summary>
    public string? Device { get; init; }

    /// <summary>See <see cref="SentimentModelOptions.AllowTf32"/>.</summary>
    public bool AllowTf32 { get; init; }

    /// <summary>See <see cref="SentimentModelOptions.ExecutionProviderLibrary"/>.</summary>
    public string? ExecutionProviderLibrary { get; init; }

    /// <summary>The repository's full path.</summary>
    public string Root => Path.GetFullPath(Repository ?? Path.Combine(AppContext.BaseDirectory, "models"));

    /// <summary>Returns the options, or says which value cannot be used.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range, or there is no such folder.</exception>
    public ModelsOptions Validated()
    {
        Guard.InRange("Models:Versions", Versions, 1, 100);
        Guard.InRange("Models:Interval in seconds", Interval.TotalSeconds, 0, 3_600);
        Guard.InRange("Models:SettleTime in seconds", SettleTime.TotalSeconds, 0, 3_600);
        if (!Directory.Exists(Root))
        {
            throw new InvalidInputException(
                $"There is no model repository '{Repository}' (looked for {Root}): give a folder that holds "
                + "NAME/VERSION/model.onnx as Models:Repository.");
        }

        return this;
    }
}
