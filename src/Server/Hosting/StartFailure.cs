using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>What keeps the server from starting, to whoever starts it.</summary>
internal static class StartFailure
{
    private const string OtherAddresses = "choose other addresses with --urls and --Grpc:Url";

    // Of all that Kestrel throws as such, what a setting causes.
    private const string NoCertificate = "Unable to configure HTTPS endpoint";

    /// <summary>One sentence; null for a defect, whose stack trace is what helps.</summary>
    public static string? Sentence(Exception error) => error switch
    {
        InvalidInputException => error.Message,
        IOException { InnerException: AddressInUseException or AggregateException } =>
            Advised(error.Message, OtherAddresses),
        SocketException => Advised($"The server cannot listen: {error.Message}", OtherAddresses),
        IOException => error.Message,
        InvalidOperationException when error.Message.StartsWith(NoCertificate, StringComparison.Ordinal) =>
            "An address begins with https, but there is no certificate for it; name one with "
            + "--Kestrel:Certificates:Default:Path and :KeyPath, or write http.",
        _ => null,
    };

    private static string Advised(string message, string advice) => $"{message.TrimEnd('.')}; {advice}.";
}
