namespace OnnxSentiment.Runtime.Tests;

public class PlacementRuleTests
{
    private static readonly NodePlacement Lstm = new("recurrent.0", "LSTM", FakeHost.Cuda);

    [Test]
    public void Problem_EverythingOnTheGpu_None() => Assert.That(PlacementRule.Problem([Lstm]), Is.Null);

    [TestCase("Shape")]
    [TestCase("ReduceSum")]
    [TestCase("Cast")]
    public void Problem_CountingOfIdsOnTheProcessor_None(string op) =>
        Assert.That(PlacementRule.Problem([Lstm, new("padding/lengths", op, FakeHost.Cpu)]), Is.Null);

    [TestCase("LSTM")]
    [TestCase("GRU")]
    [TestCase("RNN")]
    [TestCase("Gather")]
    [TestCase("Gemm")]
    [TestCase("MatMul")]
    [TestCase("Softmax")]
    [TestCase("SomethingNew")]
    public void Problem_WorkOnTheProcessor_NamesNodeAndOperator(string op) => Assert.That(
        PlacementRule.Problem([Lstm, new("the.node", op, FakeHost.Cpu)]),
        Does.StartWith($"CUDA does not take the.node ({op}), which would run on the processor; "));

    [Test]
    public void Problem_Int8_SaysWhatToExport() => Assert.That(
        PlacementRule.Problem(
            [
                new("recurrent.0", "DynamicQuantizeLSTM", FakeHost.Cpu),
                new("recurrent.1", "DynamicQuantizeLSTM", FakeHost.Cpu)]),
        Is.EqualTo(
            "CUDA does not take recurrent.0 (DynamicQuantizeLSTM), recurrent.1 (DynamicQuantizeLSTM), which would "
                + "run on the processor; 8-bit layers have no CUDA kernel: export the model as float32 or fp16"));

    [Test]
    public void Problem_NodesThatCannotBeRead_IsOne() =>
        Assert.That(PlacementRule.Problem(null), Does.Contain("does not tell where nodes run"));
}
