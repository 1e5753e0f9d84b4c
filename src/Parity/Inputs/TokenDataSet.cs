using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// A <see cref="TestDataSet"/> of a classifier that reads ids: the input <c>input_ids</c>, the outputs <c>logit</c> and
/// <c>probability</c>. Immutable.
/// </summary>
/// <param name="Batch">The texts.</param>
/// <param name="Expected">What the model has to return, rounded to single precision.</param>
public sealed record TokenDataSet(TokenBatch Batch, ModelOutputs Expected)
{
    /// <summary>Two data sets: the first of equal lengths, the second of lengths from 1 to the maximum.</summary>
    /// <param name="expected">Computes the outputs, usually the reference evaluator.</param>
    /// <param name="seed">Starts the random ids.</param>
    /// <param name="vocabularySize">Ids are below it.</param>
    /// <param name="maximumLength">Ids of the longest text.</param>
    public static IReadOnlyList<TokenDataSet> Create(Runner expected, int seed, int vocabularySize, int maximumLength)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var batches = ParityInputs.Create(seed, vocabularySize, maximumLength, randomBatches: 0);
        return [Of(ParityInputs.EqualLengths), Of(ParityInputs.UnequalLengths)];

        TokenDataSet Of(string name)
        {
            var batch = batches.Single(candidate => candidate.Name == name).Batch;
            return new(batch, expected.Run(batch).Rounded());
        }
    }

    /// <summary>
    /// The stored outputs as a runner, which returns them whatever it is given, under the name <c>stored outputs</c>.
    /// </summary>
    public Runner ToRunner() => new("stored outputs", (TokenBatch _) => Expected);

    /// <summary>Writes the folder, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">The folder exists and holds something else.</exception>
    public void Write(string folder) => ToTensors().Write(folder);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing or damaged, or the files do not fit together.
    /// </exception>
    public static TokenDataSet Read(string folder)
    {
        var dataSet = new DataSetFolder(folder);
        var batch = BatchOf(dataSet.Input<long>(0, GraphNames.InputIds));
        return new(batch, dataSet.Outputs(logits: 0, probabilities: 1, batch.Count));
    }

    internal TestDataSet ToTensors() => new TestDataSet(
        [new(GraphNames.InputIds, [Batch.Count, Batch.SequenceLength], Batch.Ids.ToArray())],
        [.. DataSetOutputs.ToTensors(Expected)]);

    private static TokenBatch BatchOf(StoredTensor<long> tensor)
    {
        if (tensor.Shape is not [> 0, > 0 and var length])
        {
            throw tensor.Misshapen("[batch, sequence]");
        }

        var texts = tensor.Values.Chunk((int)length)
            .Select(row => row[..(Array.FindLastIndex(row, id => id != Vocabulary.PaddingId) + 1)]);
        try
        {
            return TokenBatch.Pad([.. texts], (int)length);
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException($"'{tensor.Path}' holds no padded texts: {e.Message}", e);
        }
    }
}
