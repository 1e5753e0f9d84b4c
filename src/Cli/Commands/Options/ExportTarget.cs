using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;

namespace OnnxSentiment.Cli;

/// <summary>
/// The options of <c>export</c> that say where the model goes: a file, or a place in a model repository.
/// </summary>
internal sealed class ExportTarget
{
    private readonly Option<string?> _file = new("--out")
    {
        Description = "The ONNX file; test_data_set_0 and _1 are written beside it.",
        HelpName = "model.onnx",
    };

    private readonly Option<string?> _repository = new("--triton")
    {
        Description = "Instead of --out: a model repository for Triton and for this project's server; " +
            "config.pbtxt is written too.",
        HelpName = "folder",
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = "With --triton: the name under which clients ask for the model.",
        HelpName = "name",
        DefaultValueFactory = _ => "sentiment",
    };

    private readonly Option<int> _version = new("--model-version")
    {
        Description = "With --triton: the version, which is replaced if it exists; the highest is served.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    internal void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_repository);
        command.Add(_name);
        command.Add(_version);
    }

    /// <summary>The file to write, and the place in a repository that it belongs to, if any.</summary>
    /// <exception cref="InvalidInputException">None was given, or both, or a part of it cannot be used.</exception>
    internal (string Path, TritonFolder? Folder) Target(ParseResult arguments)
    {
        var (file, repository) = (arguments.GetValue(_file), arguments.GetValue(_repository));
        if (file is null == repository is null)
        {
            throw new InvalidInputException(
                "Say where the model goes: give --out, a file, or --triton, a model repository, and not both.");
        }

        if (repository is null)
        {
            CheckUnused(arguments, _name);
            CheckUnused(arguments, _version);
            return (file!, null);
        }

        var folder = new TritonFolder(repository, arguments.GetRequiredValue(_name), arguments.GetValue(_version))
            .Validated();
        return (folder.ModelPath, folder);
    }

    private static void CheckUnused(ParseResult arguments, Option option)
    {
        if (arguments.GetResult(option) is { Implicit: false })
        {
            throw new InvalidInputException(
                $"{option.Name} is of a model repository: " +
                $"give --triton, a folder, instead of --out, or leave {option.Name} out.");
        }
    }
}
