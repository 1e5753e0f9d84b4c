using OnnxSentiment.Parity;
using Xunit;

public sealed class ModelTests
{
    [Theory]
    [InlineData("models/model.onnx")]
    [InlineData("models/int8/model.onnx")]
    public void Model_OnItsTestData_ReturnsWhatIsStored(string path) => OnnxAssert.MatchesTestData(path);

    [Fact]
    public void SmallModel_AgainstTheFullOne_ComputesTheSame() =>
        OnnxAssert.Agrees("models/int8/model.onnx", "models/model.onnx");
}
