using System.CommandLine;
namespace OnnxSentiment.Cli.Commands;
internal static class InspectCommand { internal static Command Create() => new("inspect", "stub"); }
