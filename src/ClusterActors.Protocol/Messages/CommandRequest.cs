using System.Text;

namespace ClusterActors.Protocol.Messages;

/// <summary>Actions 2-5, 7, 8 and 10: a command for a worker (PROTOCOL.md section 4.4).</summary>
/// <param name="Command">What is to be done.</param>
public sealed record CommandRequest(ServerCommand Command) : Message
{
    /// <summary>Most bytes of <see cref="Node"/>, <see cref="From"/>, <see cref="Run"/> and <see cref="By"/>.</summary>
    public const int MaxNameBytes = 128;

    /// <summary>
    /// Parameter <c>node</c>: the worker that is meant, given by an operator to a manager; <see langword="null"/> on the way from a
    /// manager to that worker.
    /// </summary>
    public string? Node { get; init; }

    /// <summary>Parameter <c>epoch</c>: the management authority under which the command is sent; <see langword="null"/> without one.</summary>
    public long? Epoch { get; init; }

    /// <summary>
    /// Parameter <c>from</c>: the address of the manager that holds <see cref="Epoch"/> and sends the command, as others are told it;
    /// <see langword="null"/> on the way from an operator.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Parameter <c>run</c>: the random id of that manager's start, since the same manager after a restart holds nothing.</summary>
    public string? Run { get; init; }

    /// <summary>Parameter <c>by</c> (extension): who ordered it, in words, for the logs of every server on the way.</summary>
    public string? By { get; init; }

    /// <summary>Whether a text may stand as <see cref="Node"/>, <see cref="From"/>, <see cref="Run"/> or <see cref="By"/>: not empty, not too long, no control characters.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 } && Encoding.UTF8.GetByteCount(text) <= MaxNameBytes && !text.Any(char.IsControl);
}
