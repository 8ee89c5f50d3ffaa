using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Tests.Gateway;

/// <summary>Messages about management authority: one of each with its form on the wire, and any number of random ones.</summary>
internal static class AuthorityExamples
{
    public static readonly VoterSet Voters = VoterSet.Create(["a:1", "b:2", "[::1]:3"], TimeSpan.FromSeconds(5), 7);

    private const string Letters = "abcz019.:[]-_,=%&+ ~老é😀";

    private static readonly ManagerRun Self = new("a:1", "r1");
    private static readonly string Head = $"from=a:1&run=r1&set=7:{Voters.Id.Hash}";

    private static readonly IncarnationTable Table = IncarnationTable.Empty.With("[::1]:3", new Incarnation(1, "i1")).With("b,=%", new Incarnation(12, "x:y,%2C"));

    public static readonly (AuthorityMessage Message, int Action, string Values)[] Golden =
    [
        (new VoterRequest.PreVote(Self, Voters.Id, 5, 9, null), 60, $"{Head}&n=5&epoch=9"),
        (new VoterRequest.PreVote(Self, Voters.Id, 5, 9, 0), 60, $"{Head}&n=5&epoch=9&released=0"),
        (new VoterRequest.Vote(Self, Voters.Id, 1L << 53, 9, 8), 61, $"{Head}&n=9007199254740992&epoch=9&released=8"),
        (new VoterRequest.Renew(Self, Voters.Id, 0, 9), 62, $"{Head}&n=0&epoch=9"),
        (new VoterRequest.TellPromised(Self, Voters.Id, 6), 63, $"{Head}&n=6"),
        (new VoterReply(Self, Voters.Id, "r2", 5, 9, VoterRefusal.None, 9, "i1", IncarnationTable.Empty), 64, $"{Head}&n=5&to=r2&epoch=9&promised=9&incarnation=i1&table="),
        (new VoterReply(Self, Voters.Id, "r2", 5, 9, VoterRefusal.OtherVoters, 9, "i1", Table), 64, $"{Head}&n=5&to=r2&epoch=9&refused=other-voters&promised=9&incarnation=i1&table=[::1]:3=1:i1,b%2C%3D%25=12:x:y%2C%252C"),
        (new Transfer(Self, Voters.Id, 9), 65, $"{Head}&epoch=9"),
        (new WorkerRequest.Take(Self, Voters.Id, 5, 9), 66, $"{Head}&n=5&epoch=9"),
        (new WorkerReply(Self, Voters.Id, "r2", 5, 9, FenceVerdict.AnotherHolder, 10), 67, $"{Head}&n=5&to=r2&epoch=9&verdict=another-holder&fence=10"),
        (new IncarnationMessage.Confirm(Self, Voters.Id, "i1"), 68, $"{Head}&kind=confirm&id=i1"),
        (new IncarnationMessage.Confirmed(Self, Voters.Id, "i1", new Incarnation(2, "i:2,")), 68, $"{Head}&kind=confirmed&id=i1&known=2:i:2,"),
        (new IncarnationMessage.Readmit(Self, Voters.Id, new Incarnation(3, "i3")), 68, $"{Head}&kind=readmit&new=3:i3"),
        (new IncarnationMessage.Readmitted(Self, Voters.Id, new Incarnation(3, "i3"), new Incarnation(4, "i4"), "i1", 9, Table, TimeSpan.FromSeconds(5)), 68, $"{Head}&kind=readmitted&new=3:i3&known=4:i4&incarnation=i1&promised=9&table=[::1]:3=1:i1,b%2C%3D%25=12:x:y%2C%252C&longest=5000"),
        (new VoterSetMessage.Ask(Self, Voters.Id), 68, $"{Head}&kind=ask"),
        (new VoterSetMessage.Told(Self, Voters), 68, $"{Head}&kind=told&voters=[::1]:3,a:1,b:2&lease=5000"),
    ];

    public static readonly (VoterStanding Standing, string Values)[] Standings =
    [
        (new VoterStanding("a:1", "r1", Voters.Id, "m-1", 1, 0, null), $"{Head}&node=m-1&role=1&workers=0"),
        (new VoterStanding("a:1", "r1", Voters.Id, "m-1", 3, 2, new VoterReport(9, true, TimeSpan.Zero, TimeSpan.FromMilliseconds(1200), "b:2", 8)), $"{Head}&node=m-1&role=3&workers=2&promised=9&admitted=1&silent=0&lease=1200&holder=b:2&epoch=8"),
        (new VoterStanding("a:1", "r1", Voters.Id, "m-1", 2, 2, new VoterReport(0, false, TimeSpan.FromMinutes(5), TimeSpan.Zero, null, 0)), $"{Head}&node=m-1&role=2&workers=2&promised=0&admitted=0&silent=300000&lease=0&epoch=0"),
    ];

    public static string Show(AuthorityNote note) => string.Join('&', note.Values.Select(value => $"{value.Name}={value.Value}"));

    /// <summary>All that is in a message, since tables and sets of voters do not show what they hold.</summary>
    public static string Show(AuthorityMessage? message) => message switch
    {
        VoterReply reply => $"{reply with { Table = IncarnationTable.Empty }} {Show(reply.Table)}",
        IncarnationMessage.Readmitted readmitted => $"{readmitted with { Table = IncarnationTable.Empty }} {Show(readmitted.Table)}",
        VoterSetMessage.Told told => $"{told} {string.Join(' ', told.Voters.Voters)}",
        _ => $"{message}",
    };

    public static AuthorityMessage Any(Random random)
    {
        var from = new ManagerRun(Name(random), Name(random));
        var set = AnySet(random);
        return random.Next(14) switch
        {
            0 => new VoterRequest.PreVote(from, set.Id, Number(random), Number(random), Maybe(random)),
            1 => new VoterRequest.Vote(from, set.Id, Number(random), Number(random), Maybe(random)),
            2 => new VoterRequest.Renew(from, set.Id, Number(random), Number(random)),
            3 => new VoterRequest.TellPromised(from, set.Id, Number(random)),
            4 or 5 => new VoterReply(from, set.Id, Name(random), Number(random), Number(random), (VoterRefusal)random.Next(6), Number(random), Name(random), AnyTable(random)),
            6 => new Transfer(from, set.Id, Number(random)),
            7 => new WorkerRequest.Take(from, set.Id, Number(random), Number(random)),
            8 => new WorkerReply(from, set.Id, Name(random), Number(random), Number(random), (FenceVerdict)random.Next(4), Number(random)),
            9 => new IncarnationMessage.Confirm(from, set.Id, Name(random)),
            10 => new IncarnationMessage.Confirmed(from, set.Id, Name(random), AnyIncarnation(random)),
            11 => new IncarnationMessage.Readmit(from, set.Id, AnyIncarnation(random)),
            12 => new IncarnationMessage.Readmitted(from, set.Id, AnyIncarnation(random), AnyIncarnation(random), Name(random), Number(random), AnyTable(random), Lease(random)),
            _ => random.Next(3) == 0 ? new VoterSetMessage.Ask(from, set.Id) : new VoterSetMessage.Told(from, set),
        };
    }

    public static VoterStanding AnyStanding(Random random) => new(
        Name(random),
        Name(random),
        AnySet(random).Id,
        Name(random),
        random.Next(1, 4),
        random.Next(),
        random.Next(3) == 0
            ? null
            : new VoterReport(Number(random), random.Next(2) == 0, Milliseconds(random), Milliseconds(random), random.Next(2) == 0 ? null : Name(random), Number(random)));

    public static VoterSet AnySet(Random random)
    {
        var voters = ImmutableHashSet<string>.Empty;
        for (var count = 1 + (2 * random.Next(3)); voters.Count < count;)
            voters = voters.Add(Name(random));
        return VoterSet.Create(voters, Lease(random), Number(random));
    }

    public static IncarnationTable AnyTable(Random random)
    {
        var table = IncarnationTable.Empty;
        for (var count = random.Next(17); table.Entries.Length < count;)
            table = table.With(Name(random), AnyIncarnation(random));
        return table;
    }

    public static string Name(Random random)
    {
        var name = "";
        for (var count = random.Next(1, 20); count > 0; count--)
            name += char.ConvertFromUtf32(Letters.EnumerateRunes().ElementAt(random.Next(Letters.EnumerateRunes().Count())).Value);
        return name;
    }

    public static long Number(Random random) => random.Next(4) switch
    {
        0 => random.Next(3),
        1 => (1L << 53) - random.Next(3),
        _ => random.NextInt64(1L << 53),
    };

    public static TimeSpan Lease(Random random) => TimeSpan.FromMilliseconds(random.Next(2_000, 300_001));

    private static string Show(IncarnationTable table) => string.Join(' ', table.Entries);

    private static TimeSpan Milliseconds(Random random) => TimeSpan.FromMilliseconds(random.Next(300_001));

    private static long? Maybe(Random random) => random.Next(2) == 0 ? null : Number(random);

    private static Incarnation AnyIncarnation(Random random) => new(random.Next(2) == 0 ? random.Next(1, 4) : random.Next(1, 1_000_000_001), Name(random));
}
