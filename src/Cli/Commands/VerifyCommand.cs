using System.CommandLine;
namespace OnnxSentiment.Cli.Commands;
internal static class VerifyCommand { internal static Command Create() => new("verify", "stub"); }
