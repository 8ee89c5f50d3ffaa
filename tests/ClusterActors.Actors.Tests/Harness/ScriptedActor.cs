using System.Threading.Channels;
using Akka.Actor;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Stands for another actor: keeps what it is told for the test, which answers in its place.</summary>
internal sealed class ScriptedActor
{
    private sealed class Keeper : UntypedActor
    {
        private readonly ChannelWriter<(object, IActorRef)> _told;

        public Keeper(ChannelWriter<(object, IActorRef)> told) => _told = told;

        protected override void OnReceive(object message) => _told.TryWrite((message, Sender));
    }

    private readonly Channel<(object Message, IActorRef Sender)> _told = Channel.CreateUnbounded<(object, IActorRef)>();

    public ScriptedActor(ActorSystem system, string name) =>
        Ref = system.ActorOf(Props.Create(() => new Keeper(_told.Writer)), name);

    public IActorRef Ref { get; }

    /// <summary>Messages that the test has not looked at.</summary>
    public int Waiting => _told.Reader.Count;

    /// <summary>The next message, which must be of this type.</summary>
    public async Task<(T Message, IActorRef Sender)> NextAsync<T>()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        try
        {
            var (message, sender) = await _told.Reader.ReadAsync(limit.Token);
            return (Assert.IsType<T>(message), sender);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {typeof(T).Name} was told within {Eventually.Limit.TotalSeconds} s");
        }
    }
}
