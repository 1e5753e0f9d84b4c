using System.Globalization;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Who made a device: ONNX Runtime knows the number of a GPU's maker on Linux, but not always the name.
/// </summary>
internal static class HardwareVendor
{
    /// <param name="name">What ONNX Runtime calls the maker; empty or blank where it does not know.</param>
    /// <param name="id">The maker's number on the PCI bus; 0 where that is not known.</param>
    public static string NameOf(string? name, uint id) => name?.Trim() switch
    {
        { Length: > 0 } known => known,
        _ => id switch
        {
            0x10DE => "NVIDIA",
            0x1002 => "AMD",
            0x8086 => "Intel",
            0 => "unknown maker",
            _ => string.Create(CultureInfo.InvariantCulture, $"maker 0x{id:X4}"),
        },
    };
}
