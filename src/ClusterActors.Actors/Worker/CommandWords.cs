using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker;

/// <summary>Says a command in the words in which it is typed at the console.</summary>
internal static class CommandWords
{
    /// <summary>Such as <c>add-workers 2</c>.</summary>
    public static string Of(ServerCommand command) => command switch
    {
        ServerCommand.AddThreads(var count) => $"add-workers {count}",
        ServerCommand.RemoveThreads(var count) => $"remove-workers {count}",
        ServerCommand.AddReaderWriters(var count) => $"add-reader-writers {count}",
        ServerCommand.RemoveReaderWriters(var count) => $"remove-reader-writers {count}",
        ServerCommand.OpenPort(var port) => $"open-port {port}",
        ServerCommand.ClosePort(var port, null) => $"close-port {port}",
        ServerCommand.ClosePort(var port, var drain) => $"close-port {port} --drain {drain}",
        ServerCommand.Drain(true) => "drain",
        ServerCommand.Drain(false) => "undrain",
        _ => command.GetType().Name,
    };
}
