namespace OnnxSentiment.Server;

/// <summary>The answer to <c>GET v2</c>.</summary>
internal sealed record ServerBody(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>The answer to <c>GET v2/models/{m}</c>.</summary>
/// <param name="Name">The model.</param>
/// <param name="Versions">Those that are served, the newest first.</param>
/// <param name="Platform">As Triton names ONNX Runtime.</param>
/// <param name="Inputs">Alternatives: a request gives one of them.</param>
/// <param name="Outputs">What a request may ask for.</param>
/// <param name="Parameters">What the model's file says about itself, beyond the protocol.</param>
internal sealed record ModelBody(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorBody> Inputs,
    IReadOnlyList<TensorBody> Outputs, ModelParametersBody Parameters);

/// <summary>A tensor of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">The protocol's name of its type.</param>
/// <param name="Shape">Its dimensions, -1 for any.</param>
/// <param name="Parameters">Of an input: that it is an alternative, so that it may be left out for the other.</param>
internal sealed record TensorBody(
    string Name, string Datatype, IReadOnlyList<long> Shape, TensorParametersBody? Parameters);

/// <summary>What the protocol has no field for.</summary>
internal sealed record TensorParametersBody(bool Optional, string InsteadOf);

/// <summary>What a model's file says about itself.</summary>
/// <param name="Labels">The class names, in the order of the probabilities.</param>
/// <param name="MaximumLength">The ids of a text that are read at most: of a longer one, the last.</param>
/// <param name="VocabularySize">The number of ids.</param>
/// <param name="Precision">How weights are stored.</param>
/// <param name="Device">Where it runs.</param>
/// <param name="Metrics">Measured figures by name.</param>
/// <param name="Verified">
/// Whether the file is the one that its <c>verification.json</c> names, and computes here what its test data say.
/// </param>
/// <param name="Verification">What was checked, or what is missing.</param>
internal sealed record ModelParametersBody(
    IReadOnlyList<string> Labels, int MaximumLength, int VocabularySize, string Precision, string Device,
    IReadOnlyDictionary<string, double> Metrics, bool Verified, string Verification);

/// <summary>A version in the repository's index.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The version.</param>
/// <param name="State"><c>READY</c> or <c>UNAVAILABLE</c>.</param>
/// <param name="Reason">Why it is not served, or why its changed file is not.</param>
/// <param name="Verified">Whether what is served is verified; left out where nothing is served.</param>
internal sealed record IndexEntryBody(string Name, string Version, string State, string Reason, bool? Verified);

/// <summary>The body of <c>POST v2/repository/index</c>, which may be missing.</summary>
/// <param name="Ready">Lists only what is served.</param>
internal sealed record IndexRequestBody(bool Ready);

/// <summary>The answer to <c>GET …/stats</c>.</summary>
internal sealed record StatisticsBody(IReadOnlyList<VersionStatisticsBody> ModelStats);

/// <summary>What a version has done since it was loaded; times are in nanoseconds.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The version.</param>
/// <param name="LastInference">When the last request was answered, in milliseconds since 1970; 0 for never.</param>
/// <param name="InferenceCount">Texts computed.</param>
/// <param name="ExecutionCount">Runs of the graph, which they shared.</param>
/// <param name="InferenceStats">Counts and times.</param>
/// <param name="BatchStats">Always empty: the sizes of batches are at <c>/metrics</c>.</param>
internal sealed record VersionStatisticsBody(
    string Name, string Version, long LastInference, long InferenceCount, long ExecutionCount,
    InferenceStatisticsBody InferenceStats, IReadOnlyList<object> BatchStats);

/// <summary>Of requests: answered and not. Of texts: waiting and computing.</summary>
internal sealed record InferenceStatisticsBody(
    DurationBody Success,
    DurationBody Fail,
    DurationBody Queue,
    DurationBody ComputeInput,
    DurationBody ComputeInfer,
    DurationBody ComputeOutput);

/// <summary>How often, and how long in all, in nanoseconds.</summary>
internal sealed record DurationBody(long Count, long Ns);
