namespace OnnxSentiment.Runtime;

/// <summary>What ONNX Runtime says of an error, without where in its source it arose.</summary>
internal static class OrtMessage
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

        return string.Join(' ', rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }
}
