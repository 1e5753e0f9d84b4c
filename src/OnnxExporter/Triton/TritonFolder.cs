using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// A model's place in a model repository of Triton, which the server of this project reads too:
/// <c>NAME/config.pbtxt</c>, <c>NAME/labels.txt</c> and <c>NAME/VERSION/model.onnx</c>.
/// </summary>
/// <param name="Repository">The folder of all models.</param>
/// <param name="Name">The model's name, under which clients ask for it.</param>
/// <param name="Version">From 1; servers serve the highest.</param>
public sealed record TritonFolder(string Repository, string Name, int Version)
{
    /// <summary>Where the model is written.</summary>
    public string ModelPath =>
        Path.Combine(Repository, Name, Version.ToString(CultureInfo.InvariantCulture), "model.onnx");

    /// <summary>Where the description of the model for Triton is written.</summary>
    public string ConfigPath => Path.Combine(Repository, Name, "config.pbtxt");

    private string LabelsPath => Path.Combine(Repository, Name, TritonConfig.LabelsFile);

    /// <summary>Returns the place, or says which part of it cannot be used.</summary>
    /// <exception cref="InvalidInputException">A part is out of its range.</exception>
    public TritonFolder Validated()
    {
        Guard.InRange("--model-version", Version, 1, int.MaxValue);
        return ModelName.IsValid(Name)
            ? this
            : throw new InvalidInputException(
                $"--name is '{Name}', but a model's name has 1 to 64 letters, digits, '.', '_' and '-', and begins " +
                "with a letter or digit.");
    }

    /// <summary>Describes the model that lies at <see cref="ModelPath"/>.</summary>
    /// <param name="labels">Its class names.</param>
    /// <returns>
    /// False where another description was there, which somebody may have changed for a purpose: it stays.
    /// </returns>
    public bool Describe(IReadOnlyList<string> labels)
    {
        var config = TritonConfig.Of(Name, ModelFile.Read(ModelPath).Graph);
        WriteText(LabelsPath, TritonConfig.Labels(labels));
        if (File.Exists(ConfigPath) && File.ReadAllText(ConfigPath) != config)
        {
            return false;
        }

        WriteText(ConfigPath, config);
        return true;
    }

    private static void WriteText(string path, string text) =>
        AtomicFile.WriteTo(path, temporary => File.WriteAllText(temporary, text));
}
