using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Links;

/// <summary>
/// A fleet that reports to one manager: every link sends one full report a second, all of them spread evenly over it, while
/// an operator asks for the view once a second. One thread, so that it takes little from the manager it measures.
/// </summary>
internal sealed class LinksScenario : IDisposable
{
    private static readonly TimeSpan ViewInterval = TimeSpan.FromSeconds(1);

    private readonly LinksOptions _options;
    private readonly LoadLink _operator;
    private readonly LoadLink[] _links;
    private readonly List<double> _viewMilliseconds = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan? _asked;
    private TimeSpan _nextView = ViewInterval;
    private long _sent;
    private long _errors;

    private LinksScenario(LinksOptions options)
    {
        _options = options;
        var manager = new IPEndPoint(IPAddress.Loopback, options.Port);
        _operator = LoadLink.Open(manager, "127.0.0.1");
        _links = [.. Enumerable.Range(0, options.Links).Select(number => LoadLink.Open(manager, HostOf(number)))];
    }

    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>Runs the scenario and prints one line of <c>key=value</c>.</summary>
    /// <returns>0; 1 when a reply was wrong or a link failed.</returns>
    public static int Run(LinksOptions options)
    {
        try
        {
            using var scenario = new LinksScenario(options);
            return scenario.Measure();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            Console.Error.WriteLine($"links: {failure.Message}");
            return 1;
        }
    }

    public void Dispose()
    {
        _operator.Dispose();
        foreach (var link in _links)
            link.Dispose();
    }

    private static string HostOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"127.{1 + (number / 250)}.0.{1 + (number % 250)}:9292");

    private int Measure()
    {
        Report(TimeSpan.FromSeconds(_options.Warmup));
        _viewMilliseconds.Clear();
        var (began, sent, cpu, own) = (Now, _sent, ProcessCpu.Seconds(_options.Pid), Environment.CpuUsage.TotalTime);
        Report(TimeSpan.FromSeconds(_options.Seconds));
        var (seconds, used) = ((Now - began).TotalSeconds, ProcessCpu.Seconds(_options.Pid) - cpu);
        own = Environment.CpuUsage.TotalTime - own;
        foreach (var link in _links)
            Check(link.Receive());
        Print(seconds, _sent - sent, used, own.TotalSeconds);
        return _errors == 0 && _viewMilliseconds.Count > 0 ? 0 : 1;
    }

    private void Report(TimeSpan time)
    {
        var (began, first, turns) = (Now, _sent, (long)(time.TotalSeconds * _links.Length));
        for (var turn = 0L; turn < turns; turn++)
        {
            var due = began + TimeSpan.FromSeconds((double)turn / _links.Length);
            TendToView(due);
            var (round, number) = Math.DivRem(first + turn, _links.Length);
            if (round > 0)
                Check(_links[number].Receive());
            _links[number].Send(new ReportMessage(SampleReports.Full((int)number, clients: (int)(round % 1000))));
            _sent++;
        }

        FinishView();
    }

    /// <summary>Passes the time until the next report is due with the view: asks when it is time to, reads what comes.</summary>
    private void TendToView(TimeSpan due)
    {
        for (var now = Now; now < due; now = Now)
        {
            if (_asked is null && now >= _nextView)
                Ask(now);
            if (_operator.Wait(due - now) && _operator.TryReceive(out var reply))
                Take(reply);
        }
    }

    private void FinishView()
    {
        if (_asked is not null)
            Take(_operator.Receive());
    }

    private void Ask(TimeSpan now)
    {
        (_asked, _nextView) = (now, now + ViewInterval);
        _operator.Send(new ViewRequest());
    }

    private void Take(Message reply)
    {
        Check(reply);
        if (_asked is { } asked)
            _viewMilliseconds.Add((Now - asked).TotalMilliseconds);
        _asked = null;
    }

    private void Check(Message reply)
    {
        if (reply is Reply { IsDone: true })
            return;
        if (_errors++ == 0)
            Console.Error.WriteLine($"links: the manager answered {reply}");
    }

    private void Print(double seconds, long reports, double cpu, double own)
    {
        var sorted = _viewMilliseconds.Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mode=links links={_links.Length} seconds={seconds:F1} per_s={reports / seconds:F0} cores={cpu / seconds:F3} gen_cores={own / seconds:F3} views={sorted.Length} view_bytes={_operator.ReplyBytes} view_p50_ms={sorted.ElementAtOrDefault(sorted.Length / 2):F1} view_max_ms={sorted.LastOrDefault():F1} errors={_errors}"));
    }
}
