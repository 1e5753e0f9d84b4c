using System.Text.RegularExpressions;

namespace OnnxSentiment.Runtime;

/// <summary>What ONNX Runtime says of an error, without where in its source it arose.</summary>
internal static partial class OrtMessage
{
    /// <summary>
    /// "[ErrorCode:Fail] /path/file.cc:2043 signature [ONNXRuntimeError] : 1 : FAIL : what happened": only the end is
    /// for users.
    /// </summary>
    public static string Shorten(string message)
    {
        const string marker = "[ONNXRuntimeError] : ";
        var start = message.LastIndexOf(marker, StringComparison.Ordinal);
        var rest = start < 0 ? message : message[(start + marker.Length)..];
        if (start >= 0 && rest.Split(" : ", 3) is [_, _, var what])
        {
            rest = what;
        }

        var plain = Origin().Replace(rest, "");
        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }

    // The kind of error, and a place in the source: a path with its line, and the signature of the function there.
    [GeneratedRegex(
        @"\[ErrorCode:\w+\] ?|" +
        @"/\S+\.(?:cc|h|cpp):\d+ \S+(?:::\S+)*\([^)]*\)(?: const)?(?:::<lambda\(\)>)? ?")]
    private static partial Regex Origin();
}
