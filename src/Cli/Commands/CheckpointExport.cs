using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>
/// The exporter's graph of a checkpoint, written as a file that appears only when it has been proven.
/// </summary>
internal static class CheckpointExport
{
    /// <exception cref="InvalidInputException">The checkpoint or the path cannot be used.</exception>
    /// <exception cref="CheckFailedException">The file is not what it has to be; it was not written.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for; no file was written.</exception>
    internal static VerifiedExportReport Write(
        Checkpoint checkpoint, string path, ExportOptions? options = null, AccuracyGate? gate = null,
        CancellationToken cancellation = default)
    {
        options ??= new ExportOptions();
        var single = options.Precision == Precision.Float32
            ? null
            : ClassifierExporter.Export(checkpoint, options with { Precision = Precision.Float32 });
        return VerifiedExport.Write(
            ClassifierExporter.Export(checkpoint, options), checkpoint, path,
            new VerifiedExportOptions { SinglePrecision = single, AccuracyGate = gate }, cancellation);
    }
}
