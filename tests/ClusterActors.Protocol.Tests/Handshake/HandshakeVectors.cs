namespace ClusterActors.Protocol.Tests.Handshake;

/// <summary>The example of the requirements, section 1.1.</summary>
internal static class HandshakeVectors
{
    public const string Key = "4tAjitqO9So2Wu8lkrsq3w==";

    public const string Accept = "bEVeGLZrb9fS3Rj8WzExJdCsedg=";

    public const string Request = "CshBBrain\r\nHost:192.168.12.112:9292\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Clusters\r\n";

    public const string Response = "CshBBrain\r\nHost:192.168.12.112:9292\r\nAccept:bEVeGLZrb9fS3Rj8WzExJdCsedg=\r\nProtocol:Clusters\r\n";

    public const string ResponseWithoutHost = "CshBBrain\r\nAccept:bEVeGLZrb9fS3Rj8WzExJdCsedg=\r\nProtocol:Clusters\r\n";
}
