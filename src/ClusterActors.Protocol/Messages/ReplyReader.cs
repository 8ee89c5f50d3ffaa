using System.Text;

namespace ClusterActors.Protocol.Messages;

/// <summary>Reads the values of a reply by name and remembers the first that is missing or not what it must be.</summary>
internal sealed class ReplyReader(Reply reply)
{
    /// <summary>What is wrong.</summary>
    public string? Reason { get; private set; } = reply.IsDone ? null : $"the reply is {reply.Code}: {reply.Msg}";

    /// <summary>A text that must be there and not empty.</summary>
    public string Text(string name)
    {
        if (reply.Find(name) is { Length: > 0 } text)
            return text;
        Reason ??= $"the reply has no {name}";
        return "";
    }

    /// <summary>A whole number; <see langword="null"/> when there is none.</summary>
    public long? WholeIfAny(string name, long min, long max) => reply.Find(name) is null ? null : Whole(name, min, max);

    /// <summary>A whole number that must be there.</summary>
    public long Whole(string name, long min, long max)
    {
        var text = Text(name);
        if (NumberReading.TryReadWhole(Encoding.UTF8.GetBytes(text), max, out var number) && number >= min)
            return number;
        Reason ??= $"{name} {Wording.Quote(text)} must be a whole number from {min} to {max}";
        return 0;
    }
}
