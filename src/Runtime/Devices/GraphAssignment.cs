using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Reads where ONNX Runtime put each node of a graph. Its C API tells that since version 1.24, its managed library does
/// not pass it on, so the functions are called here in the table that the native library hands out. Tables only ever
/// grow, so positions stay; a test compares them with the managed library's own copy.
/// </summary>
internal static unsafe partial class GraphAssignment
{
    /// <summary>The session option without which nothing is recorded.</summary>
    public const string RecordKey = "session.record_ep_graph_assignment_info";

    // Positions in the structure OrtApi of onnxruntime_c_api.h.
    internal const int ReleaseStatus = 93;
    internal const int SessionGetEpGraphAssignmentInfo = 407;
    internal const int EpAssignedSubgraphGetEpName = 408;
    internal const int EpAssignedSubgraphGetNodes = 409;
    internal const int EpAssignedNodeGetName = 410;
    internal const int EpAssignedNodeGetOperatorType = 412;

    private const uint FirstVersion = 24;

    /// <summary>
    /// The nodes as they were given to providers, after the basic optimizations; null where that cannot be read.
    /// </summary>
    public static IReadOnlyList<NodePlacement>? Read(InferenceSession session)
    {
        try
        {
            var api = ((delegate* unmanaged<uint, nint*>)OrtGetApiBase()[0])(FirstVersion);
            return api is null ? null : Read(api, HandleOf(session));
        }
        catch (Exception e) when (e is MissingMemberException or DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
        finally
        {
            GC.KeepAlive(session);
        }
    }

    private static List<NodePlacement>? Read(nint* api, nint session)
    {
        nint* parts;
        nuint count;
        if (Failed(api, List(api, SessionGetEpGraphAssignmentInfo)(session, &parts, &count)))
        {
            return null;
        }

        var nodes = new List<NodePlacement>();
        for (nuint i = 0; i < count; i++)
        {
            var provider = Text(api, EpAssignedSubgraphGetEpName, parts[i]);
            nint* members;
            nuint size;
            if (Failed(api, List(api, EpAssignedSubgraphGetNodes)(parts[i], &members, &size)))
            {
                return null;
            }

            for (nuint j = 0; j < size; j++)
            {
                nodes.Add(new NodePlacement(
                    Text(api, EpAssignedNodeGetName, members[j]),
                    Text(api, EpAssignedNodeGetOperatorType, members[j]),
                    provider));
            }
        }

        return nodes;
    }

    // A function that lists what its first argument has.
    private static delegate* unmanaged<nint, nint**, nuint*, nint> List(nint* api, int function) =>
        (delegate* unmanaged<nint, nint**, nuint*, nint>)api[function];

    private static string Text(nint* api, int function, nint subject)
    {
        byte* text;
        return Failed(api, ((delegate* unmanaged<nint, byte**, nint>)api[function])(subject, &text))
            ? ""
            : Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    private static bool Failed(nint* api, nint status)
    {
        if (status != 0)
        {
            ((delegate* unmanaged<nint, void>)api[ReleaseStatus])(status);
        }

        return status != 0;
    }

    [LibraryImport("onnxruntime")]
    private static partial nint* OrtGetApiBase();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    private static extern nint HandleOf(InferenceSession session);
}
