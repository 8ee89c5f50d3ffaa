using System.Collections.Immutable;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The names by which servers speak of authority: the addresses of the configuration, which every server writes alike, and for the others
/// the address they are told by.
/// </summary>
/// <param name="Own">This node's.</param>
/// <param name="Voters">The voters'.</param>
/// <param name="Rank">This node's place among the managers that vote; null when it is none of them.</param>
internal sealed record VoterNames(string Own, ImmutableArray<string> Voters, int? Rank)
{
    /// <summary>Reads them from settings.</summary>
    /// <param name="settings">Who votes, and whether this node manages.</param>
    /// <param name="self">Its own addresses, with the port that is really open.</param>
    public static VoterNames Of(GatewaySettings settings, SelfAddress self)
    {
        HostAndPort[] managers = settings.Managers.Count == 0 && settings.IsManager ? [self.Told] : [.. settings.Managers];
        var voters = managers.Concat(settings.Witnesses).ToArray();
        var own = Array.FindIndex(voters, self.Is);
        return new VoterNames(
            (own < 0 ? self.Told : voters[own]).ToString(),
            [.. voters.Select(voter => voter.ToString())],
            settings.IsManager && own >= 0 && own < managers.Length ? own : null);
    }
}
