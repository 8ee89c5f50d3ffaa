using System.Collections.Immutable;
using System.Globalization;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Reads the parameters of a note about management authority (PROTOCOL.md section 4.5). It never throws: what is missing or wrong is
/// read as something harmless, and <see cref="Reason"/> says that nothing of it may be used.
/// </summary>
internal sealed class AuthorityFields(AuthorityNote note)
{
    /// <summary>The largest whole number: every peer can hold it exactly, in a floating-point number too.</summary>
    public const long MaxNumber = 1L << 53;

    private static readonly string Text = $"1-{CommandRequest.MaxNameBytes} bytes of UTF-8 without control characters";
    private static readonly string Entry = $"number:id, the number from 1 to {AuthorityLists.MaxIncarnation} and the id of {Text}";

    /// <summary>The first thing that is wrong: parameter, value, and what is allowed; <see langword="null"/> while nothing is.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether there is a parameter of that name.</summary>
    public bool Has(string name) => note.Find(name) is not null;

    /// <summary>Who says it: <c>from</c> and <c>run</c>.</summary>
    public ManagerRun From() => new(Name("from"), Name("run"));

    /// <summary><c>set</c>: version and hash.</summary>
    public VoterSetId Set()
    {
        if (Find("set", "version:hash") is not { } text)
            return default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var hash = text[(colon + 1)..];
        if (colon >= 0
            && AuthorityLists.TryReadNumber(text.AsSpan(0, colon), MaxNumber, out var version)
            && hash.Length == VoterSet.HashLength
            && hash.All(char.IsAsciiHexDigitLower))
            return new VoterSetId(version, hash);
        Wrong("set", text, $"version:hash, the version from 0 to {MaxNumber} and the hash of {VoterSet.HashLength} lower-case hex digits");
        return default;
    }

    /// <summary>A text of 1-128 bytes: an address, a node id, an id of a run.</summary>
    public string Name(string name)
    {
        if (Find(name, Text) is not { } text)
            return "";
        if (!CommandRequest.IsName(text))
            Wrong(name, text, Text);
        return text;
    }

    /// <summary>The same, where it may be left out.</summary>
    public string? NameOrNull(string name) => Has(name) ? Name(name) : null;

    /// <summary>A whole number.</summary>
    public long Number(string name, long min = 0, long max = MaxNumber)
    {
        var allowed = $"a whole number from {min} to {max}";
        if (Find(name, allowed) is not { } text)
            return min;
        if (AuthorityLists.TryReadNumber(text, max, out var number) && number >= min)
            return number;
        Wrong(name, text, allowed);
        return min;
    }

    /// <summary>The same, where it may be left out.</summary>
    public long? NumberOrNull(string name) => Has(name) ? Number(name) : null;

    /// <summary>0 or 1.</summary>
    public bool Flag(string name) => Number(name, max: 1) == 1;

    /// <summary>Milliseconds.</summary>
    public TimeSpan Time(string name, TimeSpan min, TimeSpan max) =>
        TimeSpan.FromMilliseconds(Number(name, (long)min.TotalMilliseconds, (long)max.TotalMilliseconds));

    /// <summary>One of some words.</summary>
    public T Word<T>(string name, ImmutableArray<(string Word, T Meaning)> words)
    {
        var allowed = "one of " + string.Join(", ", words.Select(pair => pair.Word));
        if (Find(name, allowed) is not { } text)
            return words[0].Meaning;
        foreach (var (word, meaning) in words)
        {
            if (word == text)
                return meaning;
        }

        Wrong(name, text, allowed);
        return words[0].Meaning;
    }

    /// <summary>One incarnation.</summary>
    public Incarnation Incarnation(string name)
    {
        if (Find(name, Entry) is not { } text)
            return default;
        if (!AuthorityLists.TryReadIncarnation(text, id => CommandRequest.IsName(id) ? id : null, out var incarnation))
            Wrong(name, text, Entry);
        return incarnation;
    }

    /// <summary><c>table</c>: the incarnations that somebody knows.</summary>
    public IncarnationTable Table()
    {
        var allowed = $"at most {AuthorityLists.MaxEntries} entries address=number:id, each address once";
        if (Find("table", allowed) is not { } text)
            return IncarnationTable.Empty;
        if (AuthorityLists.ReadTable(text) is { } table)
            return table;
        Wrong("table", text, allowed);
        return IncarnationTable.Empty;
    }

    /// <summary><c>voters</c> and <c>lease</c>: the set of voters that <c>set</c> names; <see langword="null"/> once anything is wrong.</summary>
    public VoterSet? Voters(VoterSetId id)
    {
        const string Allowed = "1 to 7 different addresses";
        var lease = Time("lease", AuthoritySettings.MinLease, AuthoritySettings.MaxLease);
        if (Find("voters", Allowed) is not { } text)
            return null;
        if (AuthorityLists.ReadVoters(text) is not { } voters || VoterSet.WhyNot(voters) is not null)
            Wrong("voters", text, Allowed);
        else if (Reason is null)
            return Checked(VoterSet.Create(voters, lease, id.Version), id);
        return null;
    }

    private VoterSet? Checked(VoterSet voters, VoterSetId id)
    {
        if (voters.Id == id)
            return voters;
        Wrong("set", Show(id), $"{Show(voters.Id)}, which these voters and this lease make");
        return null;

        static string Show(VoterSetId id) => string.Create(CultureInfo.InvariantCulture, $"{id.Version}:{id.Hash}");
    }

    private string? Find(string name, string allowed)
    {
        var text = note.Find(name);
        if (text is null)
            Reason ??= $"action {note.Action} needs {name}: {allowed}";
        return text;
    }

    private void Wrong(string name, string value, string allowed) => Reason ??= $"{name} {Wording.Quote(value)} must be {allowed}";
}
