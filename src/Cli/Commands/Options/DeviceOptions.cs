using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>The options that say where a model runs.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> _device = new("--device")
    {
        Description = "Where the model runs: auto (a GPU if one can be used), cpu, cuda or cuda:N.",
        HelpName = "auto|cpu|cuda:N",
        DefaultValueFactory = _ => Device.Auto.ToString(),
    };

    private readonly Option<bool> _tf32 = new("--tf32")
    {
        Description = "Let a GPU round the factors of products to 10 bits, for speed.",
    };

    private readonly Option<string?> _library = new("--ep-library")
    {
        Description = "The library of a CUDA plug-in execution provider, where ONNX Runtime has no CUDA built in.",
        HelpName = "path",
    };

    internal void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_tf32);
        command.Add(_library);
    }

    /// <summary>
    /// Loads a model. Nothing interrupts that: a process that ends while ONNX Runtime makes a session is killed by a
    /// memory fault.
    /// </summary>
    /// <exception cref="InvalidInputException">The device is none, or the model cannot be used.</exception>
    internal Task<SentimentModel> LoadAsync(ParseResult arguments, Option<string> path) =>
        Task.Run(() => SentimentModel.Load(arguments.GetRequiredValue(path), Read(arguments)));

    /// <summary>How to load the model.</summary>
    /// <exception cref="InvalidInputException">The device is none, or the library's path is empty.</exception>
    internal SentimentModelOptions Read(ParseResult arguments) => new()
    {
        Device = Device.Parse(arguments.GetRequiredValue(_device)),
        AllowTf32 = arguments.GetValue(_tf32),
        ExecutionProviderLibrary = Library(arguments),
    };

    private string? Library(ParseResult arguments) => arguments.GetValue(_library) is not { } library
        ? null
        : library.Trim().Length > 0
            ? library
            : throw new InvalidInputException("--ep-library is empty: give the path of a library, or leave it out.");
}
