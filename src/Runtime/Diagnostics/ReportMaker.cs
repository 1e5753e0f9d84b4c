namespace OnnxSentiment.Runtime;

/// <summary>Fills a <see cref="RuntimeReport"/> from what a host says.</summary>
internal static class ReportMaker
{
    public static RuntimeReport Create(IDeviceHost host, GraphSession cpu, byte[] model, SentimentModelOptions options)
    {
        var gpu = options.Device.Kind == DeviceKind.Cuda ? options.Device : Device.Cuda();
        // A plug-in's devices are seen only once its library is registered, which trying them does.
        DeviceState[] devices = [OnCpu(host, model), OnCuda(host, cpu, model, gpu, options)];
        return new RuntimeReport(
            host.Version,
            host.Providers,
            host.Hardware,
            [.. host.CudaLibraries.Select(library => StateOf(host, library))],
            devices);
    }

    private static LibraryState StateOf(IDeviceHost host, CudaLibrary library) =>
        new(library.Name, library.Part, host.CanLoad(library.Name));

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
        IDeviceHost host, GraphSession cpu, byte[] model, Device gpu, SentimentModelOptions options)
    {
        if (cpu is not IdsSession ids)
        {
            return new DeviceState(gpu, DevicePlacement.TextsStayOnCpu, []);
        }

        var (opened, problem) = new DeviceSelector(host).TryCuda(ids, model, gpu.Id, options);
        opened?.Session.Dispose();
        return new DeviceState(gpu, problem, opened?.Nodes ?? []);
    }
}
