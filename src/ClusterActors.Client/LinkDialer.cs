using System.Net.Sockets;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Client;

/// <summary>
/// Opens connections and shakes hands (PROTOCOL.md section 1). A far end that leaves our handshake unanswered is dialed once
/// more in the form that existing CshBBrain servers know (section 5).
/// </summary>
internal sealed class LinkDialer(ClientSettings settings, int maxMessageBytes, TimeProvider time)
{
    private readonly FrameRules _rules = FrameRules.Link with { MaxMessageBytes = maxMessageBytes };

    /// <summary>Dials.</summary>
    /// <param name="address">The far end.</param>
    /// <param name="lease">The allocation to claim, if any.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The connection, and whether the far end showed itself to be an existing CshBBrain server.</returns>
    /// <exception cref="LinkException">There is no connection to be had.</exception>
    public async Task<(FramedConnection Connection, bool IsCshBBrain)> DialAsync(
        ServerAddress address, string? lease, CancellationToken cancellation) =>
        await TryDialAsync(address, HandshakeRequest.Clusters, lease, cancellation)
        ?? await TryDialAsync(address, HandshakeRequest.CshBBrain, lease, cancellation)
        ?? throw new LinkException("accepts connections but does not answer the handshake (is this its port?)");

    private async Task<(FramedConnection Connection, bool IsCshBBrain)?> TryDialAsync(
        ServerAddress address, string protocol, string? lease, CancellationToken cancellation)
    {
        var connection = await FramedConnection.ConnectAsync(address, _rules, settings.CloseTimeout, time, cancellation);
        using var limit = new CancellationTokenSource(settings.HandshakeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        HandshakeResponse? response = null;
        try
        {
            response = await ShakeAsync(connection, Request(connection, protocol, lease), either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Unanswered in time.
        }
        finally
        {
            if (response is null)
                connection.Abort();
        }

        return response is null ? null : (connection, response.IsCshBBrain);
    }

    private static async Task<HandshakeResponse?> ShakeAsync(
        FramedConnection connection, HandshakeRequest request, CancellationToken cancellation)
    {
        await connection.SendRequestAsync(request, cancellation);
        while (true)
        {
            var status = HandshakeResponseReader.TryRead(
                connection.Received.Unread, request, HandshakeRequest.DefaultMaxBytes, out var response, out var consumed, out var reason);
            connection.Received.Consume(consumed);
            if (status == ReadStatus.Done)
                return response;
            if (status == ReadStatus.Violation)
                throw new LinkException($"did not accept the handshake: {reason}");
            if (await FillAsync(connection, cancellation))
                continue;
            return connection.Received.Unread.IsEmpty ? null : throw new LinkException("broke off in the middle of the handshake");
        }
    }

    private static async Task<bool> FillAsync(FramedConnection connection, CancellationToken cancellation)
    {
        try
        {
            return await connection.FillAsync(cancellation);
        }
        catch (LinkException)
        {
            // A reset is as much an answer to an unknown handshake as a close is.
            return false;
        }
    }

    private static HandshakeRequest Request(FramedConnection connection, string protocol, string? lease)
    {
        var local = connection.Local;
        return protocol == HandshakeRequest.CshBBrain
            ? new HandshakeRequest(local.Address.ToString(), HandshakeKey.CreateHex(), protocol, lease)
            : new HandshakeRequest(local.ToString(), HandshakeKey.Create(), protocol, lease);
    }
}
