using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>quickstart</c>: the whole chain on made-up reviews, in a minute, without any data.</summary>
internal static class QuickstartCommand
{
    private const int CorpusSeed = 1;
    private const int TextsToVerify = 300;

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder for checkpoint and model.",
        DefaultValueFactory = _ => "quickstart",
    };

    internal static Command Create()
    {
        var command = new Command("quickstart", "Train, export, verify and predict on a small made-up corpus.") { Out };
        command.SetAction((arguments, cancellation) =>
            Task.Run(() => Run(arguments, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var (output, messages) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var checkpointFolder = Path.Combine(arguments.GetRequiredValue(Out), "checkpoint");
        var modelPath = Path.Combine(arguments.GetRequiredValue(Out), "model.onnx");

        output.WriteLine("1. Make up short reviews in which the order of the words decides");
        var corpus = ReviewCorpus.Generate(CorpusSeed);

        output.WriteLine("2. Train a bidirectional LSTM");
        var trained = TrainCommand.Train(
            corpus, PresetTable.Get(PresetTable.Quickstart), new TrainingRun(checkpointFolder), messages, cancellation,
            restart: true);
        var accuracy = Figures.Share(trained.Checkpoint.Config.Metrics["test_accuracy"]);
        output.WriteLine($"   accuracy on {corpus.Test.Count:N0} reviews it has never seen: {accuracy}");

        output.WriteLine($"3. Export {modelPath}");
        CheckpointExport.Write(trained.Checkpoint, modelPath, cancellation: cancellation);

        output.WriteLine("4. Verify that the file computes what was trained");
        Verify(modelPath, trained.Checkpoint, corpus, output, cancellation);

        output.WriteLine("5. Predict with ONNX Runtime");
        Demonstrate(modelPath, output);
        WriteNextSteps(modelPath, output);
        return ExitCode.Done;
    }

    private static void Verify(
        string modelPath, Checkpoint checkpoint, Dataset corpus, TextWriter output, CancellationToken cancellation)
    {
        using var network = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(modelPath, checkpoint, [network.ToRunner()]);
        var texts = corpus.Test.Take(TextsToVerify).Select(text => text.Text).ToList();
        VerifyCommand.Verify(check, ParityCheck.DefaultSeed, texts, output, cancellation);
    }

    private static void Demonstrate(string modelPath, TextWriter output)
    {
        using var model = SentimentModel.Load(modelPath);
        foreach (var example in ReviewCorpus.Demonstrations)
        {
            var prediction = model.Predict(example.Text);
            var meant = prediction.Label == example.Label ? "" : $"  (meant: {example.Label})";
            output.WriteLine($"   {PredictionFormat.Row(example.Text, prediction)}{meant}");
        }
    }

    private static void WriteNextSteps(string modelPath, TextWriter output) => output.WriteLine($"""

        Next:
          onnx-sentiment predict --model {modelPath} "your own sentence"
          onnx-sentiment inspect --model {modelPath}
          onnx-sentiment train --data imdb --preset {PresetTable.KerasTutorial} --out checkpoints/imdb
        where onnx-sentiment stands for: dotnet run -c Release --project src/Cli --
        """);
}
