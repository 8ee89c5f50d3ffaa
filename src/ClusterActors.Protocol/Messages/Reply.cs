namespace ClusterActors.Protocol.Messages;

/// <summary>
/// The one answer to a request (PROTOCOL.md section 3): action 1000, done, or action 2000, not done and why. A reply is
/// never answered.
/// </summary>
public sealed record Reply : Message
{
    /// <summary>Why it was not done, one of <see cref="FailureCode"/> or a newer word; <see langword="null"/> when it was done.</summary>
    public string? Code { get; init; }

    /// <summary>The failure in a sentence, parameter <c>msg</c>; <see langword="null"/> when it was done.</summary>
    public string? Msg { get; init; }

    /// <summary>All other parameters in the order they came.</summary>
    public IReadOnlyList<Parameter> Values { get; init; } = [];

    /// <summary>Whether the request was done: action 1000.</summary>
    public bool IsDone => Code is null;

    /// <summary>Action 1000 with these values.</summary>
    public static Reply Done(params IReadOnlyList<Parameter> values) => new() { Values = values };

    /// <summary>Action 2000.</summary>
    /// <param name="code">One of <see cref="FailureCode"/>.</param>
    /// <param name="msg">What went wrong, in a sentence for the person who asked.</param>
    /// <param name="values">What else the code carries.</param>
    public static Reply Failed(string code, string msg, params IReadOnlyList<Parameter> values) =>
        new() { Code = code, Msg = msg, Values = values };

    /// <summary>The value of a parameter; <see langword="null"/> when the reply has none of that name.</summary>
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
