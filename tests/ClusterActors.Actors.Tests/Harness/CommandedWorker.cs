using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Worker;
using ClusterActors.Store.Files;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>A worker whose only manager is the test: sends it commands over its link, and takes its reports meanwhile.</summary>
internal sealed class CommandedWorker : IAsyncDisposable
{
    private static readonly ManagerRun Holder = new("10.0.0.1:9292", "run-1");

    private readonly ManagerStub _manager;
    private FramePeer? _link;

    private CommandedWorker(ManagerStub manager, TestNode node)
    {
        _manager = manager;
        Node = node;
    }

    public TestNode Node { get; }

    /// <summary>The link to the worker, for what is not a command.</summary>
    public FramePeer Link => _link!;

    /// <param name="hocon">Lies over a worker that reports once an hour and at every change.</param>
    /// <param name="handler">Business code.</param>
    /// <param name="time">A clock that stands still unless it is advanced.</param>
    public static async Task<CommandedWorker> StartAsync(string hocon = "", IBusinessHandler? handler = null, FakeTimeProvider? time = null)
    {
        var manager = new ManagerStub();
        try
        {
            var worker = new CommandedWorker(
                manager, await TestNode.StartWorkerAsync([manager.Port], $"report.interval = 1h\n{hocon}", handler, time, Fenced));
            await worker.RelinkAsync();
            return worker;
        }
        catch
        {
            manager.Dispose();
            throw;
        }
    }

    /// <summary>Takes the worker's next link, as after a loss of the one before.</summary>
    public async Task RelinkAsync()
    {
        _link?.Dispose();
        _link = await _manager.LinkAsync();
    }

    /// <summary>The command as the holder of management authority sends it.</summary>
    public static string Sign(string request, long epoch = 1) => $"{request}&epoch={epoch}&from={Holder.Node}&run={Holder.Run}";

    /// <summary>Sends a command as the holder of management authority and reads its reply.</summary>
    public async Task<Parameters> CommandAsync(string request)
    {
        await Link.SendTextAsync(Sign(request));
        return await ReplyAsync();
    }

    /// <summary>Sends a command that must be done, and reads <c>before</c> and <c>after</c>.</summary>
    public async Task<(string Before, string After)> DoAsync(string request)
    {
        var reply = await CommandAsync(request);
        Assert.True(reply["action"] == "1000", reply.Text);
        Assert.InRange(double.Parse(reply["took"], System.Globalization.CultureInfo.InvariantCulture), 0, 60_000);
        return (reply["before"], reply["after"]);
    }

    /// <summary>Sends a command that must be refused, and reads <c>code</c> and <c>msg</c>.</summary>
    public async Task<(string Code, string Reason)> RefusedAsync(string request)
    {
        var reply = await CommandAsync(request);
        Assert.True(reply["action"] == "2000", reply.Text);
        return (reply["code"], reply["msg"]);
    }

    /// <summary>Reads the next message that is no report; reports are answered.</summary>
    public async Task<Parameters> ReplyAsync()
    {
        while (true)
        {
            var message = new Parameters(await Link.ReadTextAsync());
            if (message["action"] != "1")
                return message;
            await Link.SendAsync(Wire.Done);
        }
    }

    /// <summary>Reads reports until one says so.</summary>
    public async Task<Parameters> ReportAsync(string name, string value)
    {
        while (true)
        {
            var report = await ManagerStub.TakeReportAsync(Link);
            if (report[name] == value)
                return report;
        }
    }

    // A worker that does not know where its fence is asks the voters first, and there are none here.
    private static void Fenced(NodeSettings settings)
    {
        var fence = new FenceFile(settings.DataDirectory, settings.Node);
        if (fence.Load() is Stored<Fence>.Missing)
            fence.Save(new Fence(0, null));
    }

    public async ValueTask DisposeAsync()
    {
        _link?.Dispose();
        await Node.DisposeAsync();
        _manager.Dispose();
    }
}
