using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>A request that cannot be answered, under gRPC's code for it, from which HTTP's status follows.</summary>
/// <param name="code">What gRPC's clients get.</param>
/// <param name="message">One sentence for the caller; nothing of a text is ever in it.</param>
/// <param name="status">HTTP's status where it says more than the code does; null for the code's own.</param>
internal sealed class RequestException(StatusCode code, string message, int? status = null) : Exception(message)
{
    public StatusCode Code => code;

    /// <summary>What HTTP's clients get.</summary>
    public int Status => status ?? RequestErrors.StatusOf(code);

    /// <summary>The request is not as the protocol says, or asks for what the model does not have.</summary>
    public static RequestException Invalid(string message) => new(StatusCode.InvalidArgument, message);

    /// <summary>More bytes, texts or ids than a request may have.</summary>
    public static RequestException TooLarge(string message) =>
        new(StatusCode.InvalidArgument, message, StatusCodes.Status413PayloadTooLarge);

    /// <summary>The body is of a kind that is not read here.</summary>
    public static RequestException MediaType(string message) =>
        new(StatusCode.InvalidArgument, message, StatusCodes.Status415UnsupportedMediaType);
}
