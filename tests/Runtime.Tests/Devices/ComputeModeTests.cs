namespace OnnxSentiment.Runtime.Tests;

public class ComputeModeTests
{
    [TestCase("cpu", false, ExpectedResult = ComputeMode.Cpu)]
    [TestCase("cpu", true, ExpectedResult = ComputeMode.Cpu)]
    [TestCase("cuda:1", false, ExpectedResult = ComputeMode.Cuda)]
    [TestCase("cuda:1", true, ExpectedResult = ComputeMode.CudaTf32)]
    public ComputeMode ComputeModeOf_Device_IsCpuOrDependsOnTf32(string device, bool allowTf32) =>
        DevicePlacement.ComputeModeOf(Device.Parse(device), allowTf32);
}
