namespace OnnxSentiment.Server;

/// <summary>What the server says about itself, in all protocols.</summary>
internal static class ServerIdentity
{
    public const string Name = "onnx-sentiment";

    public static readonly string Version = typeof(ServerIdentity).Assembly.GetName().Version!.ToString(3);
}
