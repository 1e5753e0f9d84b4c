using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime.Tests;

public class GraphAssignmentTests
{
    private static readonly (string Name, int Position)[] Functions =
    [
        ("ReleaseStatus", GraphAssignment.ReleaseStatus),
        ("Session_GetEpGraphAssignmentInfo", GraphAssignment.SessionGetEpGraphAssignmentInfo),
        ("EpAssignedSubgraph_GetEpName", GraphAssignment.EpAssignedSubgraphGetEpName),
        ("EpAssignedSubgraph_GetNodes", GraphAssignment.EpAssignedSubgraphGetNodes),
        ("EpAssignedNode_GetName", GraphAssignment.EpAssignedNodeGetName),
        ("EpAssignedNode_GetOperatorType", GraphAssignment.EpAssignedNodeGetOperatorType),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Position_InTheTable_IsThatOfTheManagedLibrary((string Name, int Position) function)
    {
        var table = typeof(InferenceSession).Assembly.GetType("Microsoft.ML.OnnxRuntime.OrtApi", throwOnError: true)!;

        Assert.That((int)Marshal.OffsetOf(table, function.Name), Is.EqualTo(function.Position * nint.Size));
    }

    [Test]
    public void Read_SessionThatRecords_HasTheNodesOfTheGraph()
    {
        using var options = SessionFactory.CreateOptions();
        options.AddSessionConfigEntry(GraphAssignment.RecordKey, "1");
        using var session = new InferenceSession(TestModel.Bytes(), options);

        var nodes = GraphAssignment.Read(session);

        Assert.That(nodes, Is.Not.Null);
        Assert.That(nodes!.Select(node => node.Provider), Is.All.EqualTo(FakeHost.Cpu));
        Assert.That(nodes!.Select(node => (node.Name, node.Operator)), Is.SupersetOf(
            new[] { ("embedding", "Gather"), ("recurrent.0", "LSTM"), ("logit", "Gemm"), ("probability", "Sigmoid") }));
    }

    [Test]
    public void Read_SessionThatDoesNotRecord_IsNull()
    {
        using var options = SessionFactory.CreateOptions();
        using var session = new InferenceSession(TestModel.Bytes(), options);

        Assert.That(GraphAssignment.Read(session), Is.Null);
    }
}
