namespace OnnxSentiment.Server;

/// <summary>Loading and unloading on a client's behalf, where the settings allow it.</summary>
internal sealed class RepositoryControl(ModelRepository repository, ModelsOptions options)
{
    /// <exception cref="RequestException">
    /// See <see cref="ModelRepository.LoadAsync"/>; or clients may not do that.
    /// </exception>
    public Task LoadAsync(string model, CancellationToken cancellation)
    {
        CheckAllowed();
        return repository.LoadAsync(model, cancellation);
    }

    /// <exception cref="RequestException">
    /// See <see cref="ModelRepository.UnloadAsync"/>; or clients may not do that.
    /// </exception>
    public Task UnloadAsync(string model, CancellationToken cancellation)
    {
        CheckAllowed();
        return repository.UnloadAsync(model, cancellation);
    }

    private void CheckAllowed()
    {
        if (!options.Control)
        {
            throw RequestException.Invalid(
                "explicit model load / unload is not allowed: the server runs with Models:Control=false");
        }
    }
}
