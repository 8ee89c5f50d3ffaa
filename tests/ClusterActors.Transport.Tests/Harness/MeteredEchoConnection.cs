using System.Buffers;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>An echo that keeps count of what it has received, and of the output that waited at each delivery.</summary>
public sealed class MeteredEchoConnection(Connection connection, Journal journal, MeteredEchoConnection.Meter meter)
    : TestConnection(connection, journal)
{
    /// <summary>Written on the loop's thread, read by the test.</summary>
    public sealed class Meter
    {
        private long _received;
        private int _mostWaiting;
        private int _waitingAfterMark = -1;
        private bool _marked;

        public long Received => Volatile.Read(ref _received);

        /// <summary>Most output that waited when bytes were delivered.</summary>
        public int MostWaiting => Volatile.Read(ref _mostWaiting);

        /// <summary>Output that waited at the first delivery after <see cref="Mark"/>; -1 before it.</summary>
        public int WaitingAfterMark => Volatile.Read(ref _waitingAfterMark);

        /// <summary>Called on the loop's thread.</summary>
        public void Mark() => _marked = true;

        internal void Delivery(int bytes, int waiting)
        {
            _mostWaiting = Math.Max(_mostWaiting, waiting);
            if (_marked)
                _waitingAfterMark = waiting;
            _marked = false;
            Volatile.Write(ref _received, _received + bytes);
        }
    }

    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        meter.Delivery(bytes.Length, Connection.PendingOutput);
        Connection.Output.Write(bytes);
        return bytes.Length;
    }
}
