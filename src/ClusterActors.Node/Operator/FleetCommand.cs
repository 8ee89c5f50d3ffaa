using System.Collections.Concurrent;
using System.Threading.Channels;
using ClusterActors.Client;
using ClusterActors.Node.Run;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>Sends a command to every worker that is up, a few at a time, and prints a line for each as it ends.</summary>
/// <param name="connect">Makes a client; each asks one thing at a time.</param>
/// <param name="console">Where to print.</param>
/// <param name="json">Prints an object per line instead.</param>
internal sealed class FleetCommand(Func<ManagerClient> connect, OperatorConsole console, bool json)
{
    private const int AtOnce = 8;

    /// <summary>Commands them all.</summary>
    /// <returns>One of <see cref="ExitCodes"/>: failed when one refused or did not answer, or when there is none.</returns>
    /// <exception cref="FleetException">No manager says who is there.</exception>
    public async Task<int> RunAsync(ServerCommand what, CancellationToken cancellation)
    {
        var workers = await FindAsync(cancellation);
        var width = workers.Count == 0 ? 0 : workers.Max(worker => worker.Node.Length);
        var targets = new ConcurrentQueue<string>(workers.Where(worker => IsMeant(worker.State)).Select(worker => worker.Node));
        foreach (var other in workers.Where(worker => !IsMeant(worker.State)))
            Skip(other, width);
        if (targets.IsEmpty)
        {
            console.WriteError("No worker is up; see status.");
            return ExitCodes.Failed;
        }

        var lines = Channel.CreateBounded<(string Line, bool Done)>(AtOnce);
        var senders = Enumerable.Range(0, Math.Min(AtOnce, targets.Count)).Select(_ => SendAsync(what, targets, width, lines.Writer, cancellation));
        var sending = CompleteAsync(senders, lines.Writer);
        var code = ExitCodes.Left;
        await foreach (var (line, done) in lines.Reader.ReadAllAsync(cancellation))
        {
            console.WriteLine(line);
            code = done ? code : ExitCodes.Failed;
        }

        await sending;
        return code;
    }

    private static bool IsMeant(ServerState state) => state is ServerState.Up or ServerState.Draining;

    private static async Task CompleteAsync(IEnumerable<Task> senders, ChannelWriter<(string Line, bool Done)> lines)
    {
        try
        {
            await Task.WhenAll(senders);
        }
        finally
        {
            lines.Complete();
        }
    }

    private async Task<IReadOnlyList<ServerView>> FindAsync(CancellationToken cancellation)
    {
        await using var client = connect();
        var view = await client.ViewAsync(cancellation);
        return [.. view.Nodes
            .Where(server => (server.Role & 1) != 0 && server.State != ServerState.Gone)
            .OrderBy(server => server.Node, StringComparer.Ordinal)];
    }

    private async Task SendAsync(
        ServerCommand what, ConcurrentQueue<string> targets, int width, ChannelWriter<(string Line, bool Done)> lines, CancellationToken cancellation)
    {
        await using var client = connect();
        while (targets.TryDequeue(out var node))
            await lines.WriteAsync(await SendAsync(client, node, what, width, cancellation), cancellation);
    }

    private async Task<(string Line, bool Done)> SendAsync(
        ManagerClient client, string node, ServerCommand what, int width, CancellationToken cancellation)
    {
        try
        {
            var outcome = await client.CommandAsync(node, what, by: console.By, cancellation: cancellation);
            return (json ? JsonLines.Of(outcome) : CommandLines.Of(outcome, width), true);
        }
        catch (RequestRefusedException refusal)
        {
            return (json ? JsonLines.Of(node, refusal) : CommandLines.Of(node, refusal, width), false);
        }
        catch (FleetException failure)
        {
            return (json ? JsonLines.Of(node, failure) : CommandLines.Line(node, failure.Message, width), false);
        }
    }

    private void Skip(ServerView worker, int width)
    {
        var sentence = CommandLines.Line(worker.Node, $"not sent: it is {worker.State.ToString().ToLowerInvariant()}", width);
        if (json)
            console.WriteError(sentence);
        else
            console.WriteLine(sentence);
    }
}
