namespace OnnxSentiment.Runtime;

/// <summary>
/// ONNX Runtime could not make a session on a device; the message is its own, without where in its source it arose.
/// </summary>
internal sealed class ProviderException(string message, Exception? inner = null) : Exception(Shorten(message), inner)
{
    // "[ErrorCode:Fail] /path/file.cc:2043 signature [ONNXRuntimeError] : 1 : FAIL : what happened": only the end is
    // for users.
    private static string Shorten(string message)
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
