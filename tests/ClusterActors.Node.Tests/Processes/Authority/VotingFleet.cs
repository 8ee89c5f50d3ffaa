using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Managers that vote, managers that do not, and workers, each a process of its own at an address of its own.</summary>
public sealed class VotingFleet : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _common = ["authority.lease=2s", "worker.threads=2", "links.redialMax=500ms"];
    private readonly int _voters;

    /// <param name="managers">How many managers vote.</param>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="others">How many managers do not vote.</param>
    /// <param name="hasWitness">Whether the first worker votes.</param>
    /// <param name="hosts">The address of each server, managers first, then others, then workers; loopback by default.</param>
    /// <param name="settings">More settings of every server.</param>
    public VotingFleet(int managers, int workers, int others = 0, bool hasWitness = false, IReadOnlyList<string>? hosts = null, params string[] settings)
    {
        Voters = [.. Enumerable.Range(0, managers).Select(i => Member($"manager-{i + 1}", 2, hosts?[i]))];
        Others = [.. Enumerable.Range(0, others).Select(i => Member($"other-{i + 1}", 2, hosts?[managers + i]))];
        Workers = [.. Enumerable.Range(0, workers).Select(i => Member($"worker-{i + 1}", 1, hosts?[managers + others + i]))];
        _voters = managers + (hasWitness ? 1 : 0);
        _common.Add($"clustersServer=[{Quoted(Voters)}]");
        _common.Add($"clustersWitness=[{(hasWitness ? Quoted(Workers.Take(1)) : "")}]");
        _common.AddRange(settings);
    }

    /// <summary>The managers that vote.</summary>
    public IReadOnlyList<FleetMember> Voters { get; }

    /// <summary>The managers that do not.</summary>
    public IReadOnlyList<FleetMember> Others { get; }

    public IReadOnlyList<FleetMember> Workers { get; }

    /// <summary>Everything that is configured as a manager.</summary>
    public IEnumerable<FleetMember> Managers => Voters.Concat(Others);

    public IEnumerable<FleetMember> All => Managers.Concat(Workers);

    public IReadOnlyList<ServerAddress> Addresses => [.. Managers.Select(manager => manager.Address)];

    /// <summary>Clients of all kinds, at work until they are disposed of.</summary>
    public FleetLoad Load(bool isPatient = false) => new(this, isPatient);

    /// <summary>Makes every server run again, waits until all see all and every voter votes.</summary>
    public async Task HealAsync()
    {
        await Task.WhenAll(All.Select(member => member.HealAsync()));
        foreach (var manager in Managers)
        {
            await Fleet.HoldsAsync(
                async () => await Fleet.ViewAsync(manager.Address) is { } view && IsWhole(view, workers: Voters.Contains(manager)),
                () => $"{manager.Node} sees a whole fleet\n{manager.Newest}");
        }
    }

    /// <summary>Waits until one server says that it holds authority.</summary>
    /// <param name="newerThan">At a later epoch than this.</param>
    public async Task<(FleetMember Member, long Epoch)> HolderAsync(long newerThan = 0)
    {
        (FleetMember Member, long Epoch)? holder = null;
        await Fleet.HoldsAsync(
            async () =>
            {
                foreach (var member in All.Where(member => member.IsAwake))
                {
                    if (await Fleet.ViewAsync(member.Address) is { Holder: { } address } view && address == member.Address.ToString() && view.Epoch > newerThan)
                        holder = (member, view.Epoch);
                }

                return holder is not null;
            },
            () => $"somebody holds authority after epoch {newerThan}\n{string.Join("\n\n", Managers.Select(manager => $"{manager.Node}: {manager.Output}"))}");
        return holder!.Value;
    }

    /// <summary>One of the managers that vote, and is not this one.</summary>
    public FleetMember AnotherThan(FleetMember member) => Voters.First(voter => voter != member && voter.IsAwake);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in All)
            await member.DisposeAsync();
        _folder.Dispose();
    }

    private static string Quoted(IEnumerable<FleetMember> members) => string.Join(',', members.Select(member => $"\"{member.Address}\""));

    private FleetMember Member(string node, int role, string? host) =>
        new(node, host ?? "127.0.0.1", _folder.Path, () => [$"clustersRole={role}", .. _common]);

    // Workers report to the managers that are configured, and to others only when they take over.
    private bool IsWhole(ViewReply view, bool workers) => view.Holder is not null
        && view.Voters.Count == _voters
        && view.Voters.All(voter => voter is { Linked: true, Admitted: true, Silent: 0 })
        && (!workers || Workers.All(worker => view.Nodes.Any(server => server.Node == worker.Node && server.State == ServerState.Up)));
}
