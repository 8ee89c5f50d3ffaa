namespace ClusterActors.Protocol.Messages;

/// <summary>Writes actions 2-5, 7, 8 and 10 (PROTOCOL.md section 4.4).</summary>
internal static class CommandWriter
{
    /// <summary>The action of a command.</summary>
    public static long ActionOf(ServerCommand command) => command switch
    {
        ServerCommand.AddThreads => 2,
        ServerCommand.RemoveThreads => 3,
        ServerCommand.AddReaderWriters => 4,
        ServerCommand.RemoveReaderWriters => 5,
        ServerCommand.OpenPort => 7,
        ServerCommand.ClosePort => 8,
        ServerCommand.Drain => 10,
        _ => throw new ArgumentException($"{command.GetType().Name} has no form on the wire.", nameof(command)),
    };

    /// <summary>Writes what follows action and seq.</summary>
    public static void Write(ParameterWriter parameters, CommandRequest request)
    {
        switch (request.Command)
        {
            case ServerCommand.AddThreads(var count):
                parameters.Add("count"u8, count);
                break;
            case ServerCommand.RemoveThreads(var count):
                parameters.Add("count"u8, count);
                break;
            case ServerCommand.AddReaderWriters(var count):
                parameters.Add("count"u8, count);
                break;
            case ServerCommand.RemoveReaderWriters(var count):
                parameters.Add("count"u8, count);
                break;
            case ServerCommand.OpenPort(var port):
                parameters.Add("port"u8, port);
                break;
            case ServerCommand.ClosePort(var port, var drain):
                parameters.Add("port"u8, port);
                if (drain is { } seconds)
                    parameters.Add("drain"u8, seconds);
                break;
            case ServerCommand.Drain(var on):
                parameters.Add("on"u8, on ? 1 : 0);
                break;
        }

        if (request.Node is { } node)
            parameters.Add("node"u8, node);
        if (request.Epoch is { } epoch)
            parameters.Add("epoch"u8, epoch);
        if (request.From is { } from)
            parameters.Add("from"u8, from);
        if (request.Run is { } run)
            parameters.Add("run"u8, run);
        if (request.By is { } by)
            parameters.Add("by"u8, by);
    }
}
