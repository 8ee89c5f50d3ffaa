using System.Collections.Immutable;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>The newest commands and their replies.</summary>
internal sealed record CommandMemory
{
    /// <summary>A command that came.</summary>
    /// <param name="Command">What it was.</param>
    /// <param name="Reply">Its reply, without <c>seq</c>; <see langword="null"/> until there is one.</param>
    /// <param name="At">When it came.</param>
    internal sealed record Entry(ServerCommand Command, Reply? Reply, TimeSpan At);

    private ImmutableDictionary<CommandKey, Entry> Entries { get; init; } = ImmutableDictionary<CommandKey, Entry>.Empty;

    private ImmutableQueue<CommandKey> Order { get; init; } = [];

    /// <summary>Nothing came yet.</summary>
    public static CommandMemory Empty { get; } = new();

    /// <summary>Commands that are remembered.</summary>
    public int Count => Entries.Count;

    /// <summary>The command of that key, if it is remembered.</summary>
    public Entry? Find(CommandKey key) => Entries.GetValueOrDefault(key);

    /// <summary>With a command that came now. Its key must not be in use.</summary>
    public CommandMemory Add(CommandKey key, ServerCommand command, TimeSpan now) =>
        this with { Entries = Entries.Add(key, new Entry(command, null, now)), Order = Order.Enqueue(key) };

    /// <summary>With the reply to a command, which replaces an earlier one; the command may be forgotten already.</summary>
    public CommandMemory Answered(CommandKey key, Reply reply) =>
        Entries.TryGetValue(key, out var entry) ? this with { Entries = Entries.SetItem(key, entry with { Reply = reply }) } : this;

    /// <summary>Without those that came before a moment, and with no more than <paramref name="max"/>, the newest.</summary>
    public CommandMemory Forget(TimeSpan before, int max)
    {
        var left = this;
        while (!left.Order.IsEmpty && (left.Entries[left.Order.Peek()].At < before || left.Count > max))
            left = new CommandMemory { Entries = left.Entries.Remove(left.Order.Peek()), Order = left.Order.Dequeue() };
        return left;
    }
}
