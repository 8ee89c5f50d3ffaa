using System.Buffers;
using System.Text;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Tests.Data;

public sealed class PendingWriteSpecs
{
    private sealed class Owed : IDeferral
    {
        public int Times { get; private set; }

        public void Done() => Times++;
    }

    [Fact]
    public void A_store_that_tells_twice_is_heard_once()
    {
        var owed = new Owed();
        var write = new PendingWrite(owed, MessageKind.Text, null);

        write.Told(DataOutcome.Written(new EntryVersion(1, 1, 1), AckLevel.All));
        write.Told(DataOutcome.NotFound);

        var reply = new ArrayBufferWriter<byte>();
        write.WriteReply(reply);
        Assert.Equal((1, "ok=1&version=1.1.1&acks=all"), (owed.Times, Encoding.UTF8.GetString(reply.WrittenSpan)));
    }
}
