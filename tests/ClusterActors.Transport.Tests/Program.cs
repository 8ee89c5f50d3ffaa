using ClusterActors.Transport.Tests.Listening;

namespace ClusterActors.Transport.Tests;

/// <summary>
/// The tests started as a program: a listener of its own process, for what cannot be done to the process of the tests, such as
/// taking its privileges or its file descriptors away.
/// </summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => ListenerProgram.RunAsync(arguments);
}
