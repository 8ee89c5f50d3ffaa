using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Threads;

/// <summary>Worker threads that were withdrawn by a command, whose sender waits for their end.</summary>
/// <param name="Run">Number of the execution.</param>
/// <param name="Asker">Who waits.</param>
/// <param name="Done">What it is told.</param>
/// <param name="Left">Actors of the threads that still finish what they have.</param>
internal sealed record Removal(long Run, IActorRef Asker, CommandOutcome.Done Done, ImmutableHashSet<IActorRef> Left)
{
    /// <summary>Answers; threads that are not done are told as <c>finishing</c>.</summary>
    public void Answer()
    {
        var done = Left.IsEmpty
            ? Done
            : Done with { Values = [.. Done.Values, new Parameter("finishing", Left.Count.ToString(CultureInfo.InvariantCulture))] };
        Asker.Tell(new WorkerEvents.Executed(Run, done));
    }
}
