using System.CommandLine;
namespace OnnxSentiment.Cli.Commands;
internal static class ExportCommand { internal static Command Create() => new("export", "stub"); }
