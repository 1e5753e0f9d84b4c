using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>A report on this machine, for people and for programs.</summary>
internal static class DoctorFormat
{
    private const string CpuProvider = "CPUExecutionProvider";
    private const string CudaProvider = "CUDAExecutionProvider";

    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly string Version = typeof(DoctorFormat).Assembly.GetName().Version!.ToString(fieldCount: 3);

    internal static void Write(TextWriter output, RuntimeReport report, string model)
    {
        AlignedText.Write(output, Versions(report, model));
        Section(output, "providers", report.Providers.Select(p => (string[])[p, StateOf(p, report)]));
        Section(output, "hardware", report.Hardware.Select(h => (string[])[h.Kind, h.Vendor, Offered(h)]));
        Section(
            output, "libraries for CUDA",
            report.Libraries.Select(l => (string[])[l.Name, l.Part, l.IsFound ? "found" : "missing"]));
        Section(output, "devices", report.Devices.Select(d => (string[])[$"{d.Device}", StateOf(d)]));
        Section(output, "nodes", Nodes(report));
    }

    internal static string Json(RuntimeReport report, string model) => JsonSerializer.Serialize(
        new
        {
            Tool = Version,
            Dotnet = Environment.Version.ToString(),
            System = RuntimeInformation.OSDescription,
            Platform = RuntimeInformation.RuntimeIdentifier,
            Cores = Environment.ProcessorCount,
            OnnxRuntime = report.OnnxRuntimeVersion,
            Model = model,
            Providers = report.Providers.Select(provider => new { Name = provider, State = StateOf(provider, report) }),
            report.Hardware,
            report.Libraries,
            Devices = report.Devices.Select(d => new { Device = $"{d.Device}", d.IsUsable, d.Problem, d.Nodes }),
        },
        Indented);

    private static IEnumerable<string[]> Versions(RuntimeReport report, string model) =>
    [
        ["onnx-sentiment", Version],
        [".NET", $"{Environment.Version}"],
        [
            "system",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}, " +
                $"{Environment.ProcessorCount} cores",
        ],
        ["ONNX Runtime", report.OnnxRuntimeVersion],
        ["model", model],
    ];

    private static void Section(TextWriter output, string title, IEnumerable<string[]> rows)
    {
        var table = rows.ToList();
        output.WriteLine();
        output.WriteLine(title);
        AlignedText.Write(
            output, (table.Count > 0 ? table : [["none"]]).Select(row => (string[])["  " + row[0], .. row[1..]]));
    }

    private static string StateOf(string provider, RuntimeReport report)
    {
        var kind = provider switch
        {
            CpuProvider => DeviceKind.Cpu,
            CudaProvider => DeviceKind.Cuda,
            _ => DeviceKind.Auto,
        };
        return report.Devices.FirstOrDefault(device => device.Device.Kind == kind) is { } device
            ? device.IsUsable ? "can be used" : $"cannot be used, see {device.Device} below"
            : "not used by this tool";
    }

    // ONNX Runtime ties devices to plug-ins and to the processor's provider; a built-in CUDA stands under "providers"
    // alone.
    private static string Offered(HardwareState hardware) =>
        hardware.Providers.Count > 0 ? string.Join(", ", hardware.Providers) : "no plug-in";

    private static string StateOf(DeviceState device) =>
        device.IsUsable ? "can be used" : $"cannot be used: {device.Problem}";

    // A row a node, a column a device: the same graph, but a provider may see it after other optimizations.
    private static IEnumerable<string[]> Nodes(RuntimeReport report)
    {
        var usable = report.Devices.Where(device => device.IsUsable).ToList();
        var nodes = usable.SelectMany(device => device.Nodes).Select(node => (node.Name, node.Operator)).Distinct();
        return nodes.Select(node => (string[])
            [node.Name, node.Operator, .. usable.Select(d => $"{d.Device}: {ProviderOf(d, node.Name)}")]);
    }

    private static string ProviderOf(DeviceState device, string node) =>
        device.Nodes.FirstOrDefault(n => n.Name == node)?.Provider ?? "-";
}
