using System.Globalization;
using System.Net;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>
/// A network of namespaces, one for each server, around a bridge in a namespace of its own; the tests' own process is linked to it too. Any
/// direction between two servers can be cut: what is sent then vanishes. Linux and root only.
/// </summary>
public sealed class IsolatedNetwork : IAsyncDisposable
{
    private static readonly Lazy<Task<string?>> Reason = new(TryAsync);
    private static int _last;

    private readonly string _name;
    private readonly string _net;
    private readonly List<string> _spaces = [];
    private readonly List<(int From, int To)> _cuts = [];

    private IsolatedNetwork()
    {
        // Names and addresses that no other run has: 198.18.0.0/15 is set apart for tests (RFC 2544).
        var number = Interlocked.Increment(ref _last);
        _name = string.Create(CultureInfo.InvariantCulture, $"ca{Environment.ProcessId % 1_000_000}n{number}");
        _net = string.Create(CultureInfo.InvariantCulture, $"198.{18 + (number % 2)}.{Environment.ProcessId % 256}");
    }

    /// <summary>The address of each server.</summary>
    public IReadOnlyList<string> Hosts { get; private set; } = [];

    /// <summary>Why there can be none here; null when there can.</summary>
    public static Task<string?> WhyNotAsync() => Reason.Value;

    /// <summary>Makes one for a number of servers.</summary>
    public static async Task<IsolatedNetwork> CreateAsync(int servers)
    {
        var network = new IsolatedNetwork();
        try
        {
            await network.BuildAsync(servers);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The program that starts a server in its place.</summary>
    public IReadOnlyList<string> Within(int server) => ["ip", "netns", "exec", Space(server)];

    /// <summary>What one sends to the other vanishes.</summary>
    public async Task CutAsync(int from, int to)
    {
        _cuts.Add((from, to));
        await IpAsync("-n", Space(from), "route", "add", "blackhole", $"{Hosts[to]}/32");
    }

    /// <summary>Nothing is cut any more.</summary>
    public async Task MendAsync()
    {
        foreach (var (from, to) in _cuts)
            await IpAsync("-n", Space(from), "route", "del", "blackhole", $"{Hosts[to]}/32");
        _cuts.Clear();
    }

    /// <summary>Removes all of it; the ends of a pair go with their namespace.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var space in _spaces)
            await Tools.RunAsync("ip", "/", "netns", "del", space);
    }

    private static async Task<string?> TryAsync()
    {
        if (!OperatingSystem.IsLinux())
            return "namespaces are of Linux";
        if (Environment.UserName != "root" || !Tools.Has("ip") || !Tools.Has("unshare"))
            return "namespaces need root and the programs ip and unshare";

        // Root in a container may not be allowed to.
        var space = $"ca{Environment.ProcessId}-try";
        var (made, network) = await Tools.RunAsync("ip", "/", "netns", "add", space);
        await Tools.RunAsync("ip", "/", "netns", "del", space);
        var (mounted, mount) = await Tools.RunAsync("unshare", "/", "--mount", "mount", "-t", "tmpfs", "none", "/mnt");
        return made == 0 && mounted == 0 ? null : $"no namespaces can be made here: {network} {mount}";
    }

    private static async Task IpAsync(params string[] arguments)
    {
        var (code, output) = await Tools.RunAsync("ip", "/", arguments);
        Assert.True(code == 0, $"ip {string.Join(' ', arguments)}: {output}");
    }

    private string Space(int server) => $"{_name}-{server}";

    private async Task BuildAsync(int servers)
    {
        var hub = $"{_name}-hub";
        await AddSpaceAsync(hub);
        await IpAsync("-n", hub, "link", "add", "bridge", "type", "bridge");
        await IpAsync("-n", hub, "link", "set", "bridge", "up");
        for (var server = 0; server < servers; server++)
        {
            var space = Space(server);
            await AddSpaceAsync(space);
            await IpAsync("-n", hub, "link", "add", $"to-{server}", "type", "veth", "peer", "name", "eth0", "netns", space);
            await IpAsync("-n", hub, "link", "set", $"to-{server}", "master", "bridge", "up");
            await IpAsync("-n", space, "addr", "add", $"{_net}.{server + 2}/24", "dev", "eth0");
            await IpAsync("-n", space, "link", "set", "eth0", "up");
        }

        await IpAsync("link", "add", _name, "type", "veth", "peer", "name", "to-tests", "netns", hub);
        await IpAsync("-n", hub, "link", "set", "to-tests", "master", "bridge", "up");
        await IpAsync("addr", "add", $"{_net}.1/24", "dev", _name);
        await IpAsync("link", "set", _name, "up");
        Hosts = [.. Enumerable.Range(2, servers).Select(last => IPAddress.Parse($"{_net}.{last}").ToString())];
    }

    private async Task AddSpaceAsync(string space)
    {
        await IpAsync("netns", "add", space);
        _spaces.Add(space);
        await IpAsync("-n", space, "link", "set", "lo", "up");
    }
}
