using OnnxSentiment.Trainer.Data;

namespace OnnxSentiment.Cli;

/// <summary>Finds the data that <c>--data</c> names, downloading it where that is asked for.</summary>
internal static class DatasetLoader
{
    internal static Task<Dataset> LoadAsync(string data, TextWriter messages, CancellationToken cancellation)
    {
        messages.WriteLine($"Reading {data} …");
        return Task.Run(() => DatasetReader.Read(data, cancellationToken: cancellation), cancellation);
    }
}
