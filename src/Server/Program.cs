using OnnxSentiment.Core;
using OnnxSentiment.Server;

try
{
    await using var app = ServerApp.Create(args);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is InvalidInputException or IOException)
{
    // A setting that cannot be used, or an address that somebody else has.
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
