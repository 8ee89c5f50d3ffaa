using ClusterActors.Protocol.Messages;
using FsCheck;
using FsCheck.Xunit;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager.Commands;

/// <summary>What holds whatever operators, workers, links and time do.</summary>
public class CommandProperties
{
    private const int Workers = 3;
    private const double Timeout = 5;

    private static readonly ServerCommand AddOne = new ServerCommand.AddThreads(1);

    [Property(MaxTest = 300)]
    public void Every_order_is_answered_once_and_in_time_and_one_is_under_way_per_link(PositiveInt seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        var random = new Random(seed.Get);
        var manager = new ManagerDriver();
        var links = new long[Workers];
        var lastLink = 0L;
        var underWay = new Dictionary<long, (string Seq, double SentAt)>();
        var open = new Dictionary<long, double>();
        for (var worker = 0; worker < Workers; worker++)
            Link(worker);

        for (var step = 0; step < 300; step++)
        {
            var worker = random.Next(Workers);
            switch (random.Next(step < 200 ? 7 : 5))
            {
                case 0:
                    manager.Advance(random.NextDouble() * 2);
                    break;
                case 1:
                    var guess = $"s{random.Next(step + 1)}"; // seldom the right one
                    if (underWay.TryGetValue(links[worker], out var right) && right.Seq == guess)
                        underWay.Remove(links[worker]);
                    manager.Reply(links[worker], Reply.Done() with { Seq = guess });
                    break;
                case 2 or 3 when underWay.TryGetValue(links[worker], out var sent):
                    underWay.Remove(links[worker]);
                    manager.Reply(links[worker], Reply.Done() with { Seq = sent.Seq });
                    break;
                case 4 when random.Next(4) == 0:
                    manager.Close(links[worker], left: random.Next(2) == 0);
                    underWay.Remove(links[worker]);
                    Link(worker);
                    break;
                case 5 or 6:
                    open[manager.Order($"w-{worker}", AddOne, $"s{step}")] = manager.Now.TotalSeconds;
                    break;
            }

            manager.Expire();
            Look();
        }

        for (var wait = 0; wait < 4; wait++)
        {
            manager.Advance(Timeout);
            manager.Expire();
            Look();
        }

        Assert.Empty(open);
        Assert.Empty(manager.State.Commands);

        void Link(int worker) => manager.Report(links[worker] = ++lastLink, AWorker($"w-{worker}"));

        void Look()
        {
            var now = manager.Now.TotalSeconds;
            foreach (var (ticket, _) in manager.TakeAnswers())
            {
                Assert.True(open.Remove(ticket, out var orderedAt), $"ticket {ticket} is answered twice");
                Assert.InRange(now - orderedAt, 0, (2 * Timeout) + 4); // time goes on in steps of up to 2 s
            }

            foreach (var (link, request) in manager.TakeSent())
            {
                Assert.True(!underWay.TryGetValue(link, out var before) || now - before.SentAt > Timeout - 0.001, $"two commands are under way on link {link}");
                underWay[link] = (request.Seq!, now);
            }
        }
    }
}
