using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>authority</c>: how long management authority is held without word of its holder.</summary>
public sealed record AuthorityLeaseSettings
{
    /// <summary>The lease, 2 s - 5 min; the same on every server of a fleet. Key <c>lease</c>.</summary>
    public required TimeSpan Lease { get; init; }

    internal static AuthorityLeaseSettings Read(SettingsReader reader) => reader.Complete(new AuthorityLeaseSettings
    {
        Lease = reader.Time("lease", AuthoritySettings.MinLease, AuthoritySettings.MaxLease),
    });
}
