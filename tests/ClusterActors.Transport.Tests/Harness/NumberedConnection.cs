using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Echoes, and expects to be told the numbers from 0 on, each on the thread that its connection's bytes come on.</summary>
public sealed class NumberedConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    private int _next;
    private int _inside;

    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        Alone(() => { });
        bytes.CopyTo(Connection.Output.GetSpan(bytes.Length));
        Connection.Output.Advance(bytes.Length);
        return bytes.Length;
    }

    protected override void OnMessage(object message)
    {
        if (message is not int number)
            base.OnMessage(message);
        else
            Alone(() => Expect(number));
    }

    private void Expect(int number)
    {
        if (number != _next++)
            Journal.Add(new ConnectionNews.Told($"{number} instead of {_next - 1}"));
    }

    // Two threads in one actor would meet here before they met anywhere else.
    private void Alone(Action action)
    {
        if (Interlocked.Exchange(ref _inside, 1) == 1)
            Journal.Add(new ConnectionNews.Told("two threads at once"));
        action();
        Volatile.Write(ref _inside, 0);
    }
}
