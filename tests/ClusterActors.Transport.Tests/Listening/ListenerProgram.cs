using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Configuration;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Listening;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Tests.Harness;

namespace ClusterActors.Transport.Tests.Listening;

/// <summary>
/// An echo server as a process of its own. Arguments: engine, port, and how many descriptors it may open once it listens
/// (absent: as many as the system allows). It says on standard output what happens, a line each, and ends with its input.
/// </summary>
internal static partial class ListenerProgram
{
    public const string Listening = "listening ";
    public const string Failed = "failed ";
    public const string Paused = "paused ";
    public const string Resumed = "resumed";

    private const int LimitOfDescriptors = 7;

    private sealed class Announcer : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is AcceptEvents.Paused paused)
                Console.WriteLine(Paused + paused.Reason);
            else if (message is AcceptEvents.Resumed)
                Console.WriteLine(Resumed);
            else
                Unhandled(message);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var system = ActorSystem.Create("listener", ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF, akka.loglevel = OFF"));
        var group = new LoopGroup(new ConnectionSettings());
        var io = system.ActorOf(IoActor.Props(group, 1, Enum.Parse<PollEngine>(arguments[0]), TimeProvider.System));
        await io.Ask<IoActor.Ready>(IoActor.WhenReady.Instance);
        var journal = new Journal();
        var factory = new DelegateFactory(connection => Props.Create(() => new EchoConnection(connection, journal)));
        var endpoint = new IPEndPoint(IPAddress.Loopback, int.Parse(arguments[1], CultureInfo.InvariantCulture));
        try
        {
            using var port = AcceptLoop.Open(endpoint, new ListenSettings(), group, factory, system.ActorOf(Props.Create<Announcer>()));
            if (arguments.Length > 2)
                AllowDescriptors(int.Parse(arguments[2], CultureInfo.InvariantCulture));
            Console.WriteLine(Listening + port.Endpoint.Port);
            await Console.In.ReadToEndAsync();
            return 0;
        }
        catch (ListenFailureException failure)
        {
            Console.WriteLine(Failed + failure.Message);
            return 3;
        }
    }

    private static void AllowDescriptors(int more)
    {
        var limit = (nuint)(ProcessFacts.Descriptors() + more);
        if (SetLimit(LimitOfDescriptors, new Limit { Soft = limit, Hard = limit }) != 0)
            throw new InvalidOperationException($"setrlimit failed: {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);
}
