namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Actions 60-69: what nodes say to each other about management authority (PROTOCOL.md section 4.5). A notice: it may get lost, and a
/// good one gets no reply.
/// </summary>
/// <param name="Action">Which one, from <see cref="FirstAction"/> to <see cref="LastAction"/>.</param>
public sealed record AuthorityNote(int Action) : Message
{
    /// <summary>The lowest action.</summary>
    public const int FirstAction = 60;

    /// <summary>The highest action.</summary>
    public const int LastAction = 69;

    /// <summary>All parameters but <c>action</c> and <c>seq</c> in the order they came, decoded.</summary>
    public IReadOnlyList<Parameter> Values { get; init; } = [];

    /// <summary>Whether the action is one of these.</summary>
    public static bool Knows(long action) => action is >= FirstAction and <= LastAction;

    /// <summary>The value of a parameter; <see langword="null"/> when the note has none of that name.</summary>
    public string? Find(string name)
    {
        foreach (var value in Values)
        {
            if (value.Name == name)
                return value.Value;
        }

        return null;
    }
}
