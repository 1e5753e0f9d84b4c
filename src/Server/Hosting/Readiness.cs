namespace OnnxSentiment.Server;

/// <summary>
/// Whether requests should come here: the repository has been loaded, at least one model is served, and the server does
/// not stop. A version that cannot be used does not make the others' server unready.
/// </summary>
internal sealed class Readiness(RepositoryWatcher watcher, ModelRepository repository, Draining draining)
{
    public bool IsReady => Reason.Length == 0;

    /// <summary>Why not; empty when ready.</summary>
    public string Reason =>
        draining.IsStopping ? "The server stops."
        : !watcher.HasLoaded ? "The model repository is being loaded."
        : repository.ServesAny ? "" : "No model is served; v2/repository/index says why.";
}
