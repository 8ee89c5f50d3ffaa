using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>The worker as business code sees it.</summary>
internal sealed class BusinessHost(Budget clients, ClientHubs hubs) : IBusinessHost
{
    private const int MostUnderWay = 64;

    private int _underWay;

    public int ClientCount => clients.Taken;

    public bool SendToAll(MessageKind kind, ReadOnlySpan<byte> payload)
    {
        var opcode = ClientHandle.ToOpcode(kind);
        var scope = HandlerScope.OfThisThread;
        if (scope.Client is not null)
        {
            FrameWriter.Write(scope.ToAll, opcode, payload);
            return true;
        }

        if (Interlocked.Increment(ref _underWay) > MostUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            return false;
        }

        using var frames = new OutputBuffer();
        FrameWriter.Write(frames, opcode, payload);
        hubs.Publish(frames, () => Interlocked.Decrement(ref _underWay));
        return true;
    }
}
