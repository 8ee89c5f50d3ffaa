using System.Net.Sockets;

namespace ClusterActors.Client;

/// <summary>Says what a failed socket means, in words that follow the address of the far end.</summary>
internal static class SocketWords
{
    public static string Of(Exception failure)
    {
        var socket = failure as SocketException ?? failure.InnerException as SocketException;
        return socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "refuses connections (is the server running, and is this its port?)",
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "broke the connection",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "is a name that cannot be resolved",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.AddressNotAvailable =>
                "cannot be reached over the network",
            SocketError.TimedOut => "does not answer",
            _ => $"cannot be talked to: {failure.Message.TrimEnd('.')}",
        };
    }
}
