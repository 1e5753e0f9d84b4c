using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Errors that name the module they are about.</summary>
internal static class ModuleErrors
{
    /// <summary>What a module is given, or what it is, does not suit: no converter would help.</summary>
    internal static OnnxExportException Wrong(
        torch.nn.Module module, string path, string what, Exception? inner = null) =>
        new(path, $"{Describe(module, path)} cannot be exported: {what}.", inner);

    /// <summary>The module or an option of it is not supported; the message shows the ways out.</summary>
    internal static OnnxExportException Unsupported(
        torch.nn.Module module, string path, string what, Exception? inner = null) => new(
        path,
        $"{Describe(module, path)} cannot be exported: {what}. " +
        $"Two ways out: implement {nameof(IOnnxExportable)} in the module that contains it and compose there what it " +
        "computes, " +
        $"or give OnnxExportOptions.Converters a converter for {TypeNames.Of(module)}.",
        inner);

    /// <summary>Something threw while the module was at work.</summary>
    internal static OnnxExportException Threw(torch.nn.Module module, string path, string what, Exception e) =>
        Wrong(module, path, $"{what}: {e.GetType().Name}: {FirstLine(e.Message)}", e);

    private static string Describe(torch.nn.Module module, string path) =>
        path.Length == 0 ? $"The module ({TypeNames.Of(module)})" : $"Module '{path}' ({TypeNames.Of(module)})";

    // libtorch adds its native stack.
    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', '\r');
}
