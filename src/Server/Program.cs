using OnnxSentiment.Core;
using OnnxSentiment.Server;

try
{
    await using var app = ServerApp.Create(args);
    await app.RunAsync();
    return 0;
}
catch (InvalidInputException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync($"{e.Message.TrimEnd('.')}; choose other addresses with --urls and --Grpc:Url.");
    return 2;
}
