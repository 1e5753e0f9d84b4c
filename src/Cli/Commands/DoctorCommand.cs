using System.CommandLine;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>
/// <c>doctor</c>: what is installed here, where a model can run, and what is missing where it cannot.
/// </summary>
internal static class DoctorCommand
{
    private static readonly Option<string> Model = SharedOptions.Model();
    private static readonly DeviceOptions Where = new();
    private static readonly Option<bool> Json = SharedOptions.Json("one object");

    internal static Command Create()
    {
        var command = new Command(
            "doctor", "Show versions, providers, devices and libraries, and where each node of a model runs.")
        {
            Model, Json,
        };
        Where.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var output = arguments.InvocationConfiguration.Output;
        var (path, options) = (arguments.GetRequiredValue(Model), Where.Read(arguments));
        var report = RuntimeReport.Create(path, options);
        if (arguments.GetValue(Json))
        {
            output.WriteLine(DoctorFormat.Json(report, path));
        }
        else
        {
            DoctorFormat.Write(output, report, path);
        }

        ThrowIfUnusable(report, options.Device);
        return ExitCode.Done;
    }

    // Without a GPU of its own in the question, the processor has to do.
    private static void ThrowIfUnusable(RuntimeReport report, Device asked)
    {
        var device = report.Devices.First(state => state.Device == (asked == Device.Auto ? Device.Cpu : asked));
        if (device.Problem is { } problem)
        {
            throw new CheckFailedException($"{device.Device} cannot be used: {problem}.");
        }
    }
}
