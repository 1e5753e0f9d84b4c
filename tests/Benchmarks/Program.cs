using OnnxSentiment.Benchmarks;
using OnnxSentiment.Core;

try
{
    return Run(args);
}
catch (Exception e) when (e is InvalidOperationException or InvalidInputException)
{
    Console.Error.WriteLine($"benchmarks: {e.Message}");
    return 2;
}

static int Run(string[] args) => args switch
{
    ["throughput"] => ThroughputCommand.Run(),
    ["latency"] => LatencyCommand.Run(),
    ["tokenizer"] => TokenizerCommand.Run(),
    ["concurrency"] => ConcurrencyCommand.Run(),
    ["growth"] => GrowthCommand.Run(),
    ["batches"] => BatchSizeCommand.Run(),
    ["presets"] => PresetsCommand.Run(),
    ["gpu"] => GpuCommand.Run("cuda:0"),
    ["gpu", "--device", var device] => GpuCommand.Run(device),
    ["gpu", "--device", var device, "--ep-library", var plugIn] => GpuCommand.Run(device, plugIn),
    ["check"] => CheckCommand.Run(),
    ["train"] => TrainingCommand.Run(isCheck: false),
    ["train", "--check"] => TrainingCommand.Run(isCheck: true),
    ["baselines", var path] => BaselinesCommand.Run(path),
    ["steps-picture", var folder, .. var steps] => StepsPicture.Run(folder, steps),
    [TrainingRun.Command, var what] => TrainingRun.Run(what),
    [GrowthRun.Command, var way, var texts, var file] => GrowthRun.Run(way, texts, file),
    _ => Unknown(args),
};

static int Unknown(string[] args)
{
    Console.Error.WriteLine(
        $"'{string.Join(' ', args)}' is no benchmark; known: throughput, latency, tokenizer, concurrency, growth, " +
        "batches, presets, gpu, train, check, baselines, steps-picture. Use build/bench.sh or build/accuracy.sh.");
    return 2;
}
