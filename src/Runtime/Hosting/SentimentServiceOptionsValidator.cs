using Microsoft.Extensions.Options;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Checks the options when the host starts, before anything is loaded.</summary>
internal sealed class SentimentServiceOptionsValidator : IValidateOptions<SentimentServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, SentimentServiceOptions options)
    {
        if (string.IsNullOrEmpty(options.ModelPath))
        {
            return ValidateOptionsResult.Fail(
                $"{nameof(options.ModelPath)} is not set; name a file that `onnx-sentiment export` wrote.");
        }

        if (!File.Exists(options.ModelPath))
        {
            return ValidateOptionsResult.Fail(
                $"{nameof(options.ModelPath)} is '{options.ModelPath}', where no file is (looked for "
                + $"{Path.GetFullPath(options.ModelPath)}); name a file that `onnx-sentiment export` wrote.");
        }

        try
        {
            options.ToModelOptions();
            options.ToBatchingOptions();
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is InvalidInputException or ArgumentException)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
