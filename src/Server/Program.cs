using OnnxSentiment.Server;
try
{
    await using var app = ServerApp.Create(args);
    var watcher = app.Services.GetRequiredService<RepositoryWatcher>();
    await app.RunAsync();

    // Whatever ends the watcher ends the server.
    return watcher.ExecuteTask is { IsFaulted: true } ? 1 : 0;
}
catch (Exception e) when (StartFailure.Sentence(e) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 2;
}
