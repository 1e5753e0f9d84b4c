namespace OnnxSentiment.Server;

/// <summary>Why a request has no answer; each protocol has its own code for it.</summary>
internal enum ErrorReason
{
    /// <summary>The request is not as the protocol says, or asks for what the model does not have.</summary>
    Invalid,

    /// <summary>No key, or none that is known.</summary>
    Unauthorized,

    /// <summary>A page of another site asks.</summary>
    Forbidden,

    /// <summary>There is no such model, version or address.</summary>
    NotFound,

    /// <summary>The address is right, the method is not.</summary>
    Method,

    /// <summary>More bytes, texts or tokens than a request may have.</summary>
    TooLarge,

    /// <summary>The body is of a kind that is not read here.</summary>
    MediaType,

    /// <summary>The client sent its request too slowly.</summary>
    Slow,

    /// <summary>More is asked for than can be computed; later there is room again.</summary>
    Overloaded,

    /// <summary>The model is known but not ready, or the server stops.</summary>
    Unavailable,

    /// <summary>The answer was not there in time.</summary>
    Deadline,

    /// <summary>The caller has gone.</summary>
    Cancelled,

    /// <summary>A defect of the server.</summary>
    Internal,
}
