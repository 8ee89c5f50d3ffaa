using System.Net;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>A client in the hands of business code.</summary>
internal sealed class ClientHandle(Connection connection, IActorRef actor, int outputLimit) : IClient
{
    /// <summary>Frames that business code sent outside the handling of this client's messages.</summary>
    internal sealed record Push(OutputBuffer Frames, int Length) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>More waits for the client than may: it is closed at once.</summary>
    internal sealed record Overrun : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Overrun Instance { get; } = new();
    }

    /// <summary>Business code wants the connection closed.</summary>
    internal sealed record CloseAsked(string Reason) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    private int _pushed;
    private volatile bool _gone;

    public long Id => connection.Id.Value;

    public IPEndPoint Remote => connection.Remote;

    public object? State { get; set; }

    public bool Send(MessageKind kind, ReadOnlySpan<byte> payload)
    {
        if (_gone)
            return false;
        var opcode = ToOpcode(kind);
        var scope = HandlerScope.OfThisThread;
        if (scope.Client != this)
            return PushFrame(opcode, payload);
        FrameWriter.Write(scope.Answers!, opcode, payload);
        return true;
    }

    public IDeferral Defer() => BatchInHand().Defer();

    public void Postpone() => BatchInHand().Postpone();

    public void Close(string reason) => actor.Tell(new CloseAsked(reason), ActorRefs.NoSender);

    internal static Opcode ToOpcode(MessageKind kind) => kind == MessageKind.Text ? Opcode.Text : Opcode.Binary;

    /// <summary>The pushed frames are in the connection's output.</summary>
    internal void Pushed(int length) => Interlocked.Add(ref _pushed, -length);

    /// <summary>The connection is over: nothing can be sent any more.</summary>
    internal void Gone() => _gone = true;

    private ClientBatch BatchInHand()
    {
        var scope = HandlerScope.OfThisThread;
        return scope.Client == this && scope.Batch is { } batch
            ? batch
            : throw new InvalidOperationException(
                "A client's messages are deferred and postponed only within OnMessage for that client, by a handler that runs on worker threads: NeverBlocks must be false.");
    }

    private bool PushFrame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (Volatile.Read(ref _pushed) > outputLimit)
        {
            _gone = true;
            actor.Tell(Overrun.Instance, ActorRefs.NoSender);
            return false;
        }

        var frames = new OutputBuffer();
        FrameWriter.Write(frames, opcode, payload);
        Interlocked.Add(ref _pushed, frames.Length);
        actor.Tell(new Push(frames, frames.Length), ActorRefs.NoSender);
        return true;
    }
}
