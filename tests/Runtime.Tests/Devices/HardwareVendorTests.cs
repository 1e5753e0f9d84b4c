namespace OnnxSentiment.Runtime.Tests;

public class HardwareVendorTests
{
    [TestCase("AMD", 0x1022u, "AMD")]
    [TestCase(" NVIDIA Corporation ", 0x10DEu, "NVIDIA Corporation")]
    [TestCase("", 0x10DEu, "NVIDIA")]
    [TestCase(null, 0x1002u, "AMD")]
    [TestCase(" ", 0x8086u, "Intel")]
    [TestCase("", 0x1AF4u, "maker 0x1AF4")]
    [TestCase("", 0u, "unknown maker")]
    public void NameOf_WhatIsKnown_IsNeverEmpty(string? name, uint id, string expected) =>
        Assert.That(HardwareVendor.NameOf(name, id), Is.EqualTo(expected));
}
