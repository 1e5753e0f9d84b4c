using Microsoft.VisualStudio.TestTools.UnitTesting;
using OnnxSentiment.Parity;

[TestClass]
public sealed class ModelTests
{
    [TestMethod]
    [DataRow("models/model.onnx")]
    [DataRow("models/int8/model.onnx")]
    public void Model_OnItsTestData_ReturnsWhatIsStored(string path) => OnnxAssert.MatchesTestData(path);

    [TestMethod]
    public void SmallModel_AgainstTheFullOne_ComputesTheSame() =>
        OnnxAssert.Agrees("models/int8/model.onnx", "models/model.onnx");
}
