using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Cli;

/// <summary>What <c>verify</c> compares a file with.</summary>
/// <param name="Path">A file or folder.</param>
/// <param name="IsCheckpoint">Whether it is the folder of a checkpoint.</param>
internal sealed record VerifyTarget(string Path, bool IsCheckpoint)
{
    // Where the model that ships has it.
    private const string CheckpointBeside = "checkpoint";

    /// <summary>What the command line names, or what lies beside the file.</summary>
    /// <param name="model">The file to check.</param>
    /// <param name="against">What is named; null for nothing.</param>
    /// <param name="sameFile">Whether the file is to run in two ways.</param>
    /// <exception cref="InvalidInputException">There is nothing, or nothing to compare with.</exception>
    internal static VerifyTarget Find(string model, string? against, bool sameFile)
    {
        if (!File.Exists(model))
        {
            throw new InvalidInputException($"There is no file '{model}'; an ONNX file was expected there.");
        }

        if (against is not null)
        {
            return File.Exists(against) || Directory.Exists(against)
                ? new(against, IsCheckpointFolder(against))
                : throw new InvalidInputException(
                    $"There is no '{against}'; --against names an ONNX file, a checkpoint's folder or a folder of " +
                    "test " +
                    "data.");
        }

        return sameFile ? new(model, IsCheckpoint: false) : Beside(model);
    }

    private static VerifyTarget Beside(string model)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(model))!;
        var checkpoint = System.IO.Path.Combine(folder, CheckpointBeside);
        return IsCheckpointFolder(checkpoint) ? new(checkpoint, IsCheckpoint: true)
            : TestDataSet.Find(folder).Count > 0 ? new(folder, IsCheckpoint: false)
            : throw new InvalidInputException(
                $"There is nothing to compare '{model}' with: neither a folder {CheckpointBeside} nor " +
                $"{TestDataSet.FolderName(0)} lies beside it. Add --against, an ONNX file, a checkpoint's folder or " +
                "a " +
                "folder of test data, or --against-optimization none for the file against itself.");
    }

    private static bool IsCheckpointFolder(string path) =>
        File.Exists(System.IO.Path.Combine(path, "config.json"));
}
