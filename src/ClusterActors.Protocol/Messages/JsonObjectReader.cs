using System.Text.Json;

namespace ClusterActors.Protocol.Messages;

/// <summary>Reads members of a JSON object by name and remembers the first that is not what it must be; others are ignored.</summary>
internal sealed class JsonObjectReader
{
    private readonly JsonElement _element;

    public JsonObjectReader(JsonElement element)
    {
        _element = element;
        if (element.ValueKind != JsonValueKind.Object)
            Reason = "it must be an object";
    }

    /// <summary>What is wrong.</summary>
    public string? Reason { get; private set; }

    /// <summary>All members, for those whose names are read elsewhere.</summary>
    public IEnumerable<JsonProperty> Members => _element.ValueKind == JsonValueKind.Object ? _element.EnumerateObject() : [];

    /// <summary>A text that must be there.</summary>
    public string Text(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } member && TryGetText(member, out var text))
            return text;
        Refuse($"{name} must be a text");
        return "";
    }

    /// <summary>A text; <see langword="null"/> when there is none.</summary>
    public string? TextIfAny(string name) => Find(name) is null ? null : Text(name);

    /// <summary>A whole number; <see langword="null"/> when there is none.</summary>
    public long? WholeIfAny(string name, long max) => Find(name) is null ? null : Whole(name, max, 0);

    /// <summary>True or false; <see langword="null"/> when there is none.</summary>
    public bool? FlagIfAny(string name)
    {
        if (Find(name) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
            Refuse($"{name} must be true or false");
        return Find(name) is null ? null : Flag(name);
    }

    /// <summary>A whole number; <paramref name="missing"/> when there is none.</summary>
    public long Whole(string name, long max, long missing)
    {
        if (Find(name) is not { } member)
            return missing;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) && number >= 0 && number <= max)
            return number;
        Refuse($"{name} must be a whole number from 0 to {max}");
        return missing;
    }

    /// <summary>A number; <see langword="null"/> when there is none.</summary>
    public double? Number(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out var number))
            return number;
        Refuse($"{name} must be a number");
        return null;
    }

    /// <summary>True or false; false when there is none.</summary>
    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A state that must be there.</summary>
    public ServerState State(string name)
    {
        if (ServerStateWords.FromWord(Text(name)) is { } state)
            return state;
        Refuse($"{name} must be up, late, unreachable, draining or gone");
        return default;
    }

    /// <summary>What the Akka.Cluster says; <see langword="null"/> when there is none, or a word of a newer manager.</summary>
    public MemberState? Member(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } member && TryGetText(member, out var text) ? MemberStateWords.FromWord(text) : null;

    /// <summary>Remembers what is wrong, unless something was already.</summary>
    public void Refuse(string reason) => Reason ??= reason;

    // JSON may escape half a surrogate pair, which is no text.
    private static bool TryGetText(JsonElement member, out string text)
    {
        try
        {
            text = member.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private JsonElement? Find(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;
}
