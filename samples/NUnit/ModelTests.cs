using NUnit.Framework;
using OnnxSentiment.Parity;

public sealed class ModelTests
{
    [TestCase("models/model.onnx")]
    [TestCase("models/int8/model.onnx")]
    public void Model_OnItsTestData_ReturnsWhatIsStored(string path) => OnnxAssert.MatchesTestData(path);

    [Test]
    public void SmallModel_AgainstTheFullOne_ComputesTheSame() =>
        OnnxAssert.Agrees("models/int8/model.onnx", "models/model.onnx");
}
