using System.CommandLine;
namespace OnnxSentiment.Cli.Commands;
internal static class QuickstartCommand { internal static Command Create() => new("quickstart", "stub"); }
