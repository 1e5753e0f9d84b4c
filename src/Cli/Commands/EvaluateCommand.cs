using System.CommandLine;
namespace OnnxSentiment.Cli.Commands;
internal static class EvaluateCommand { internal static Command Create() => new("evaluate", "stub"); }
