using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Turns the bytes of a file into a session and metadata that fit together, or says why they do not.</summary>
internal static class ModelLoader
{
    /// <summary>Reads the whole file, so that whoever replaces it later does not disturb the model.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new InvalidInputException(
                $"There is no model '{path}' (looked for {Path.GetFullPath(path)}): give the path of a file that "
                + "`onnx-sentiment export` wrote.");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The model '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Creates the session on the CPU, reads the metadata, and checks that they fit together.</summary>
    /// <param name="model">The bytes of the file.</param>
    /// <param name="name">What the messages call it.</param>
    /// <returns>An <see cref="IdsSession"/> or a <see cref="TextSession"/>, as the graph's input says.</returns>
    /// <exception cref="InvalidInputException">The bytes are no usable model.</exception>
    public static (GraphSession Session, ModelMetadata Metadata) Load(byte[] model, string name)
    {
        GraphSession? session = null;
        try
        {
            session = SessionFactory.Create(model);
            var metadata = ModelMetadata.FromProperties(session.Properties);
            CheckLabels(session.LogitCount, metadata.Labels.Count);
            if (session is IdsSession ids)
            {
                CheckVocabulary(ids, metadata.Vocabulary.Count);
            }

            return (session, metadata);
        }
        catch (InvalidInputException e)
        {
            session?.Dispose();
            throw new InvalidInputException(
                $"{name} cannot be used: {e.Message.TrimEnd('.')}. Load a file that `onnx-sentiment export` wrote, "
                + "or export it again.", e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private static void CheckLabels(int logits, int labels)
    {
        if (logits != LabelScores.LogitCount(labels))
        {
            throw new InvalidInputException(
                $"its graph has {logits} logits for each text, but {LabelScores.LogitCount(labels)} were expected "
                + $"for the {labels} labels of its metadata");
        }
    }

    // Nothing but a run shows how many rows the embedding has: the last id has to be one of them, the next one must
    // not.
    private static void CheckVocabulary(IdsSession session, int count)
    {
        if (ErrorOfRun(session, count - 1) is { } error)
        {
            throw new InvalidInputException(
                $"its graph cannot be computed for the last of the {count} ids of its vocabulary ({error.Message})",
                error);
        }

        if (ErrorOfRun(session, count) is null)
        {
            throw new InvalidInputException(
                $"its embedding has more rows than its vocabulary has ids ({count}), so they do not belong together");
        }
    }

    private static InvalidOperationException? ErrorOfRun(IdsSession session, int id)
    {
        try
        {
            using var run = session.Begin();
            ReadOnlySpan<long> ids = [Vocabulary.StartId, id];
            ids.CopyTo(run.Ids(ids.Length));
            run.Compute(rows: 1, ids.Length);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
