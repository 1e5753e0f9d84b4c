using System.CommandLine;
namespace OnnxSentiment.Cli.Commands;
internal static class PredictCommand { internal static Command Create() => new("predict", "stub"); }
