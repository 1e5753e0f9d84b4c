using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>A data set as it was read, asked for the tensors that a classifier's has.</summary>
internal sealed class DataSetFolder(string folder)
{
    private readonly TestDataSet _dataSet = TestDataSet.Read(folder);

    /// <exception cref="InvalidInputException">It is not there, or it is another one.</exception>
    internal StoredTensor<T> Input<T>(int position, string name) =>
        Tensor<T>(_dataSet.Inputs, position, name, TestDataSet.InputFile(position));

    /// <exception cref="InvalidInputException">It is not there, or it is another one.</exception>
    internal StoredTensor<T> Output<T>(int position, string name) =>
        Tensor<T>(_dataSet.Outputs, position, name, TestDataSet.OutputFile(position));

    /// <summary>The numbers that a classifier returns.</summary>
    /// <param name="logits">The position of the logits among the outputs.</param>
    /// <param name="probabilities">The position of the probabilities.</param>
    /// <param name="count">Texts of the input.</param>
    /// <exception cref="InvalidInputException">They are not there, or have other shapes.</exception>
    internal ModelOutputs Outputs(int logits, int probabilities, int count)
    {
        var (logit, outputs) = Rows(Output<float>(logits, GraphNames.Logit), count);
        var (probability, columns) = Rows(Output<float>(probabilities, GraphNames.Probability), count);
        return outputs == columns
            ? new(logit, probability, outputs)
            : throw new InvalidInputException(
                $"'{folder}' has {outputs} logits and {columns} probabilities for each text, " +
                "but as many of both were expected.");
    }

    private StoredTensor<T> Tensor<T>(IReadOnlyList<NamedTensor> tensors, int position, string name, string file)
    {
        var path = Path.Combine(folder, file);
        if (position >= tensors.Count)
        {
            throw new InvalidInputException(
                $"There is no file '{path}'; the tensor '{name}' of a test data set was expected there.");
        }

        var (tensor, expected) = (tensors[position], new NamedTensor(name, [0], Array.Empty<T>()));
        return tensor.Name == name && tensor.Values is T[] values
            ? new(path, tensor.Shape, values)
            : throw new InvalidInputException(
                $"'{path}' holds '{tensor.Name}' of {tensor.TypeName}, " +
                $"but '{name}' of {expected.TypeName} was expected.");
    }

    private static (double[] Values, int Columns) Rows(StoredTensor<float> tensor, int count) =>
        tensor.Shape is [var rows, > 0 and var columns] && rows == count
            ? (Array.ConvertAll(tensor.Values, value => (double)value), (int)columns)
            : throw tensor.Misshapen($"[{count}, outputs], a row for each text of {TestDataSet.InputFile(0)},");
}

/// <summary>A tensor of a data set, and where it is from.</summary>
internal sealed record StoredTensor<T>(string Path, IReadOnlyList<long> Shape, T[] Values)
{
    internal InvalidInputException Misshapen(string expected) =>
        new($"'{Path}' has the shape [{string.Join(", ", Shape)}], but {expected} was expected.");
}

/// <summary>Outputs as the tensors of a data set.</summary>
internal static class DataSetOutputs
{
    /// <summary>Logits and probabilities in single precision, a row for each text.</summary>
    internal static IEnumerable<NamedTensor> ToTensors(ModelOutputs outputs) =>
    [
        Rows(GraphNames.Logit, outputs.Logits, outputs.LogitCount),
        Rows(GraphNames.Probability, outputs.Probabilities, outputs.LogitCount),
    ];

    private static NamedTensor Rows(string name, double[] values, int columns) =>
        new(name, [values.Length / columns, columns], Array.ConvertAll(values, value => (float)value));
}
