namespace OnnxSentiment.Runtime;

/// <summary>A text in the form in which a graph reads it.</summary>
internal readonly struct ModelInput
{
    // English words have 4.7 letters, and a space or a comma follows.
    private const int CharactersPerToken = 6;

    private ModelInput(object value, int length)
    {
        Value = value;
        Length = length;
    }

    /// <summary>
    /// The number of token ids, at least 1; of a text as it is, an estimate that texts are sorted and batches bounded
    /// by.
    /// </summary>
    public int Length { get; }

    /// <summary>The token ids, for a graph that reads them.</summary>
    public long[] Ids => (long[])Value;

    /// <summary>The text, for a graph that tokenizes.</summary>
    public string Text => (string)Value;

    private object Value { get; }

    public static ModelInput Of(long[] ids) => new(ids, ids.Length);

    public static ModelInput Of(string text) => new(text, 1 + (text.Length / CharactersPerToken));
}
