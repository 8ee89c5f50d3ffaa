using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>What a node may do by its authority, without the authority.</summary>
internal static class Gates
{
    /// <summary>The epoch at which the holder may act.</summary>
    public const long Epoch = 1;

    /// <summary>This node holds authority, for ever.</summary>
    public static AuthorityGate Open()
    {
        var gate = new AuthorityGate(new FakeTimeProvider());
        gate.Publish(Snapshot(new Holding { Epoch = Epoch, WonAt = TimeSpan.Zero, NextRenewalAt = TimeSpan.MaxValue, ValidUntil = TimeSpan.MaxValue }));
        return gate;
    }

    /// <summary>Another one holds it, if a name is given.</summary>
    public static AuthorityGate Closed(string? holder = null)
    {
        var gate = new AuthorityGate(new FakeTimeProvider());
        Close(gate, holder);
        return gate;
    }

    /// <summary>From now on this node does not hold it.</summary>
    public static void Close(AuthorityGate gate, string? holder = null)
    {
        var snapshot = Snapshot(null);
        gate.Publish(snapshot with { State = snapshot.State.Hear(holder ?? "", holder is null ? 0 : Epoch + 1, TimeSpan.Zero) });
    }

    private static AuthoritySnapshot Snapshot(Holding? holding)
    {
        var voters = VoterSet.Create(["10.0.0.1:9292", "10.0.0.2:9292", "10.0.0.3:9292"], TimeSpan.FromSeconds(5));
        return new AuthoritySnapshot(
            new AuthorityState
            {
                Rules = AuthorityRules.Standard,
                Self = new ManagerRun("10.0.0.1:9292", "run-1"),
                Voters = voters,
                ConfiguredLease = voters.Lease,
                Settings = AuthoritySettings.Of(voters.Lease),
                Random = new RandomStream(1),
                GaveUpAt = TimeSpan.Zero,
                Holding = holding,
            },
            "m-1",
            ImmutableDictionary<string, KnownServer>.Empty);
    }
}
