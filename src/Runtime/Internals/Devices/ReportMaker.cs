namespace OnnxSentiment.Runtime;

/// <summary>Fills a <see cref="RuntimeReport"/> from what a host says.</summary>
internal static class ReportMaker
{
    public static RuntimeReport Create(IDeviceHost host, ModelSession cpu, byte[] model, SentimentModelOptions options)
    {
        var gpu = options.Device.Kind == DeviceKind.Cuda ? options.Device : Device.Cuda();
        // A plug-in's devices are seen only once its library is registered, which trying them does.
        DeviceState[] devices = [OnCpu(host, model), OnCuda(host, cpu, model, gpu, options)];
        return new RuntimeReport(
            host.Version,
            host.Providers,
            host.Hardware,
            [.. host.CudaLibraries.Select(library => new LibraryState(library.Name, library.Part, host.CanLoad(library.Name)))],
            devices);
    }

    private static DeviceState OnCpu(IDeviceHost host, byte[] model)
    {
        try
        {
            var opened = host.Open(model, SessionRequest.ForCpu);
            opened.Session.Dispose();
            return new DeviceState(Device.Cpu, null, opened.Nodes ?? []);
        }
        catch (ProviderException e)
        {
            return new DeviceState(Device.Cpu, e.Message, []);
        }
    }

    private static DeviceState OnCuda(
        IDeviceHost host, ModelSession cpu, byte[] model, Device gpu, SentimentModelOptions options)
    {
        var (opened, problem) = new DeviceSelector(host).TryCuda(cpu, model, gpu.Id, options);
        opened?.Session.Dispose();
        return new DeviceState(gpu, problem, opened?.Nodes ?? []);
    }
}
