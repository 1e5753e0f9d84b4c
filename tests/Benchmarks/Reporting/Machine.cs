using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace OnnxSentiment.Benchmarks;

/// <summary>What the figures depend on.</summary>
internal static partial class Machine
{
    public static string Description =>
        $"{Processor}, {Environment.ProcessorCount} cores, {VectorUnits}, {MemoryInGigabytes} GB";

    public static string Software => $"{RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}";

    /// <summary>A folder's name: processors of one brand name differ most in their vector units.</summary>
    public static string Slug =>
        NoSlug().Replace($"{Processor} {Environment.ProcessorCount} cores {VectorUnits}".ToLowerInvariant(), "-")
            .Trim('-');

    private static string Processor =>
        Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string VectorUnits =>
        Avx512F.IsSupported ? Has("avx512_vnni") ? "AVX-512 VNNI" : "AVX-512"
        : Avx2.IsSupported ? Has("avx_vnni") ? "AVX2 VNNI" : "AVX2"
        : "128-bit vectors";

    private static long MemoryInGigabytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;

    private static bool Has(string flag) => Line("/proc/cpuinfo", "flags")?.Split(' ').Contains(flag) ?? false;

    private static string? Line(string path, string key) => File.Exists(path)
        ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1]
            .Trim()
        : null;

    /// <summary>A number as a person reads it.</summary>
    public static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoSlug();
}
