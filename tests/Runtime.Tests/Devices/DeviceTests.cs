using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class DeviceTests
{
    [TestCase("auto", DeviceKind.Auto, 0, "auto")]
    [TestCase("cpu", DeviceKind.Cpu, 0, "cpu")]
    [TestCase("cuda", DeviceKind.Cuda, 0, "cuda:0")]
    [TestCase("cuda:0", DeviceKind.Cuda, 0, "cuda:0")]
    [TestCase("cuda:255", DeviceKind.Cuda, 255, "cuda:255")]
    [TestCase("CPU", DeviceKind.Cpu, 0, "cpu")]
    [TestCase("Cuda:1", DeviceKind.Cuda, 1, "cuda:1")]
    public void Parse_KnownForm_GivesTheDevice(string text, DeviceKind kind, int id, string written)
    {
        var device = Device.Parse(text);

        Assert.That((device.Kind, device.Id, $"{device}"), Is.EqualTo((kind, id, written)));
        Assert.That(Device.Parse(written), Is.EqualTo(device));
    }

    [TestCase("")]
    [TestCase("gpu")]
    [TestCase("cuda:")]
    [TestCase("cuda:-1")]
    [TestCase("cuda:256")]
    [TestCase("cuda: 1")]
    [TestCase("cuda:99999999999")]
    public void Parse_AnythingElse_ListsTheKnownForms(string text) =>
        Assert.That(() => Device.Parse(text), Throws.TypeOf<InvalidInputException>().With.Message.EqualTo(
            $"device is '{text}', but one of auto, cpu, cuda and cuda:N was expected, N from 0 to 255."));

    [TestCase(-1)]
    [TestCase(256)]
    public void Cuda_IdOutOfRange_NamesIt(int id) =>
        Assert.That(
            () => Device.Cuda(id), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains($"'{id}'"));

    [Test]
    public void Equals_SameDeviceOnly()
    {
        Assert.That(Device.Cuda(1), Is.EqualTo(Device.Cuda(1)));
        Assert.That(Device.Cuda(1), Is.Not.EqualTo(Device.Cuda(2)));
        Assert.That(Device.Cuda(), Is.Not.EqualTo(Device.Auto));
        Assert.That(Device.Cpu, Is.Not.EqualTo(Device.Auto));
    }
}
