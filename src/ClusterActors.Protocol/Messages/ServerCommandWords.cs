using System.Globalization;

namespace ClusterActors.Protocol.Messages;

/// <summary>A command in words, as the operator writes it and the audit trail keeps it: <c>add-workers 2</c>.</summary>
public static class ServerCommandWords
{
    /// <summary>The word of the command and its parameters.</summary>
    public static string ToWords(this ServerCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command switch
        {
            ServerCommand.AddThreads(var count) => Words("add-workers", count),
            ServerCommand.RemoveThreads(var count) => Words("remove-workers", count),
            ServerCommand.AddReaderWriters(var count) => Words("add-reader-writers", count),
            ServerCommand.RemoveReaderWriters(var count) => Words("remove-reader-writers", count),
            ServerCommand.OpenPort(var port) => Words("open-port", port),
            ServerCommand.ClosePort(var port, null) => Words("close-port", port),
            ServerCommand.ClosePort(var port, { } seconds) => Words(Words("close-port", port) + " --drain", seconds),
            ServerCommand.Drain(var on) => on ? "drain" : "undrain",
            _ => throw new ArgumentException($"{command.GetType().Name} has no words.", nameof(command)),
        };
    }

    private static string Words(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word} {number}");
}
