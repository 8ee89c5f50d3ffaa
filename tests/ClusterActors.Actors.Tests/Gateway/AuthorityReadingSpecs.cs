using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;
using ClusterActors.Protocol.Messages;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Gateway;

public class AuthorityReadingSpecs
{
    private const string Number = "must be a whole number from 0 to 9007199254740992";
    private const string Text = "must be 1-128 bytes of UTF-8 without control characters";
    private const string Table = "must be at most 16 entries address=number:id, each address once";
    private const string Known = "must be number:id, the number from 1 to 1000000000 and the id of 1-128 bytes of UTF-8 without control characters";
    private const string SetForm = "must be version:hash, the version from 0 to 9007199254740992 and the hash of 16 lower-case hex digits";

    /// <summary>A good example by its place, the parameter that is changed, and what becomes of it (null: it is left out).</summary>
    public static TheoryData<int, string, string?, string> Refusals => new()
    {
        { 0, "from", null, "action 60 needs from: 1-128 bytes of UTF-8 without control characters" },
        { 0, "from", "", $"from '' {Text}" },
        { 0, "from", new string('a', 129), Text },
        { 0, "from", new string('老', 43), Text },                                          // 129 bytes
        { 0, "from", "a\nb", $"from 'a?b' {Text}" },                                        // would forge a log line
        { 0, "run", "\u007f", $"run '?' {Text}" },
        { 0, "set", null, "action 60 needs set: version:hash" },
        { 0, "set", "7", SetForm },
        { 0, "set", ":0123456789abcdef", SetForm },
        { 0, "set", "-1:0123456789abcdef", SetForm },
        { 0, "set", "9007199254740993:0123456789abcdef", SetForm },
        { 0, "set", "7:0123456789abcde", SetForm },
        { 0, "set", "7:0123456789abcdeF", SetForm },
        { 0, "set", "7:0123456789abcdef0", SetForm },
        { 0, "n", null, "action 60 needs n: a whole number from 0 to 9007199254740992" },
        { 0, "n", "", $"n '' {Number}" },
        { 0, "n", "-1", $"n '-1' {Number}" },
        { 0, "n", "+1", Number },
        { 0, "n", " 1", Number },
        { 0, "n", "1.0", Number },
        { 0, "n", "1\0", $"n '1?' {Number}" },
        { 0, "n", "１", Number },                                                           // a full-width digit
        { 0, "n", "9007199254740993", Number },
        { 0, "n", "99999999999999999999999", Number },
        { 0, "epoch", null, "action 60 needs epoch" },
        { 1, "released", "", $"released '' {Number}" },
        { 2, "epoch", "x", $"epoch 'x' {Number}" },
        { 3, "n", "x", Number },
        { 4, "n", null, "action 63 needs n" },
        { 5, "to", null, "action 64 needs to" },
        { 5, "refused", "", "refused '' must be one of not-admitted, silent, promised, leased, other-voters" },
        { 6, "refused", "none", "refused 'none' must be one of not-admitted, silent, promised, leased, other-voters" },
        { 6, "refused", "Silent", "refused 'Silent' must be one of" },
        { 5, "promised", null, "action 64 needs promised" },
        { 5, "incarnation", "", $"incarnation '' {Text}" },
        { 5, "table", null, "action 64 needs table" },
        { 6, "table", "a:1", Table },
        { 6, "table", "a:1=", Table },
        { 6, "table", "a:1=1", Table },
        { 6, "table", "a:1=1:", Table },
        { 6, "table", "a:1=0:i", Table },
        { 6, "table", "a:1=-1:i", Table },
        { 6, "table", "a:1=1000000001:i", Table },
        { 6, "table", "=1:i", Table },
        { 6, "table", "a:1=1:i,", Table },
        { 6, "table", ",a:1=1:i", Table },
        { 6, "table", "a:1=1:i,a:1=2:j", Table },
        { 6, "table", "a:1=1:i,%61:1=2:j", Table },                                         // the same address in other words
        { 6, "table", "a%=1:i", Table },
        { 6, "table", "a%4=1:i", Table },
        { 6, "table", "a%zz=1:i", Table },
        { 6, "table", "a%ff=1:i", Table },
        { 6, "table", "a%0A=1:i", Table },
        { 6, "table", "a:1=1:" + new string('i', 129), Table },
        { 6, "table", string.Join(',', Enumerable.Range(0, 17).Select(i => $"a:{i}=1:i")), Table },
        { 7, "epoch", null, "action 65 needs epoch" },
        { 8, "n", null, "action 66 needs n" },
        { 9, "verdict", null, "action 67 needs verdict: one of accepted, stale, another-holder, unknown" },
        { 9, "verdict", "yes", "verdict 'yes' must be one of accepted, stale, another-holder, unknown" },
        { 9, "fence", "", $"fence '' {Number}" },
        { 10, "kind", null, "action 68 needs kind: one of confirm, confirmed, readmit, readmitted, ask, told" },
        { 10, "kind", "forget", "kind 'forget' must be one of" },
        { 10, "id", null, "action 68 needs id" },
        { 11, "known", "2", $"known '2' {Known}" },
        { 11, "known", "0:i", Known },
        { 11, "known", "2147483648:i", Known },
        { 11, "known", "2:", Known },
        { 12, "new", null, "action 68 needs new: number:id" },
        { 13, "longest", "1999", "longest '1999' must be a whole number from 2000 to 300000" },
        { 13, "longest", "300001", "longest '300001' must be a whole number from 2000 to 300000" },
        { 15, "voters", null, "action 68 needs voters: 1 to 7 different addresses" },
        { 15, "voters", "", "voters '' must be 1 to 7 different addresses" },
        { 15, "voters", "a:1,b:2,a:1", "must be 1 to 7 different addresses" },
        { 15, "voters", "a:1,b:2,", "must be 1 to 7 different addresses" },
        { 15, "voters", string.Join(',', Enumerable.Range(0, 100_000)), "must be 1 to 7 different addresses" },
        { 15, "voters", "a:1,b:2,c:3", $"must be 7:" },                                     // not those that the set names
        { 15, "lease", "5001", "which these voters and this lease make" },
        { 15, "lease", "1999", "lease '1999' must be a whole number from 2000 to 300000" },
        { 15, "lease", null, "action 68 needs lease" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_wrong_is_named_with_its_value_and_what_is_allowed(int example, string name, string? value, string words)
    {
        var note = Change(AuthorityWriting.Write(AuthorityExamples.Golden[example].Message), name, value);

        Assert.Null(AuthorityReading.Read(note, out var reason));
        Assert.Contains(words, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node", "", Text)]
    [InlineData("node", null, "action 69 needs node")]
    [InlineData("role", "0", "role '0' must be a whole number from 1 to 3")]
    [InlineData("role", "4", "role '4' must be a whole number from 1 to 3")]
    [InlineData("workers", "2147483648", "must be a whole number from 0 to 2147483647")]
    [InlineData("promised", null, "action 69 needs promised")]
    [InlineData("admitted", null, "action 69 needs admitted")]
    [InlineData("admitted", "2", "admitted '2' must be a whole number from 0 to 1")]
    [InlineData("silent", "300001", "must be a whole number from 0 to 300000")]
    [InlineData("lease", "-1", "must be a whole number from 0 to 300000")]
    [InlineData("holder", "", Text)]
    [InlineData("epoch", null, "action 69 needs epoch")]
    public void What_a_node_must_not_tell_of_itself(string name, string? value, string words)
    {
        var note = Change(AuthorityWriting.Write(AuthorityExamples.Standings[1].Standing), name, value);

        Assert.Null(AuthorityReading.ReadStanding(note, out var reason));
        Assert.Contains(words, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_mistake_is_told()
    {
        AuthorityReading.Read(new AuthorityNote(62) { Values = [new("from", "a"), new("run", ""), new("n", "x")] }, out var reason);

        Assert.Equal($"run '' {Text}", reason);
    }

    [Fact]
    public void Unknown_names_are_ignored_and_the_order_is_free()
    {
        foreach (var (message, _, _) in AuthorityExamples.Golden)
        {
            var note = AuthorityWriting.Write(message);
            note = note with { Values = [new("later", "1"), .. note.Values.Reverse()] };
            Assert.Equal(AuthorityExamples.Show(message), AuthorityExamples.Show(AuthorityReading.Read(note, out _)));
        }
    }

    [Fact]
    public void Each_reader_takes_its_own_actions_only()
    {
        var standing = AuthorityWriting.Write(AuthorityExamples.Standings[0].Standing);

        Assert.Null(AuthorityReading.Read(standing, out var reason));
        Assert.Null(AuthorityReading.ReadStanding(standing with { Action = 68 }, out var other));
        Assert.Equal(("action 69 is none of 60-68", "action 68 is not 69"), (reason, other));
    }

    [Property(MaxTest = 2000)]
    public void Whatever_comes_is_read_or_refused(int seed)
    {
        var random = new Random(seed);
        var note = new AuthorityNote(random.Next(60, 70)) { Values = [.. Enumerable.Range(0, random.Next(12)).Select(_ => AnyParameter(random))] };

        Check(note);
    }

    [Property(MaxTest = 5000)]
    public void What_is_nearly_right_is_read_as_what_it_says_or_refused(int seed)
    {
        var random = new Random(seed);
        var note = random.Next(6) == 0
            ? AuthorityWriting.Write(AuthorityExamples.AnyStanding(random))
            : AuthorityWriting.Write(AuthorityExamples.Any(random));
        var values = note.Values.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && values.Count > 0; changes--)
        {
            var at = random.Next(values.Count);
            switch (random.Next(4))
            {
                case 0:
                    values.RemoveAt(at);
                    break;
                case 1:
                    values[at] = AnyParameter(random) with { Name = values[at].Name };
                    break;
                case 2:
                    values.Insert(at, AnyParameter(random));
                    break;
                default:
                    values[at] = values[at] with { Value = Mutate(random, values[at].Value) };
                    break;
            }
        }

        Check(note with { Action = random.Next(10) == 0 ? random.Next(60, 70) : note.Action, Values = values });
    }

    private static void Check(AuthorityNote note)
    {
        var message = AuthorityReading.Read(note, out var reason);
        Assert.Equal(message is null, reason is not null);
        if (message is not null)
            Assert.Equal(AuthorityExamples.Show(message), AuthorityExamples.Show(AuthorityReading.Read(AuthorityWriting.Write(message), out _)));

        var standing = AuthorityReading.ReadStanding(note, out reason);
        Assert.Equal(standing is null, reason is not null);
        if (standing is not null)
            Assert.Equal(standing, AuthorityReading.ReadStanding(AuthorityWriting.Write(standing), out _));
    }

    private static Parameter AnyParameter(Random random)
    {
        string[] names = ["from", "run", "set", "n", "to", "epoch", "released", "refused", "promised", "incarnation", "table", "verdict", "fence", "kind", "id", "known", "new", "longest", "voters", "lease", "node", "role", "workers", "admitted", "silent", "holder", "x", ""];
        string[] values = ["", "0", "1", "7", "-1", "2000", "9007199254740992", "9223372036854775808", "1:a", "a=1:b", "a=1:b,c=2:d", ":", "=", ",", "%", "%41", "%0", "accepted", "silent", "confirm", "readmitted", "told", "ask", "a:1", "a:1,b:2,c:3", "0:0123456789abcdef", "\ud800", "\0", "老😀", new string('x', 200)];
        return new Parameter(names[random.Next(names.Length)], values[random.Next(values.Length)]);
    }

    private static string Mutate(Random random, string value)
    {
        const string Any = "0179:=,%aF \n\u0000\ud800老-+";
        var at = random.Next(value.Length + 1);
        return random.Next(3) switch
        {
            0 => value.Insert(at, Any[random.Next(Any.Length)].ToString()),
            1 when at < value.Length => value.Remove(at, 1),
            _ => value[..at],
        };
    }

    private static AuthorityNote Change(AuthorityNote note, string name, string? value) => note with
    {
        Values = [.. note.Values.Where(one => one.Name != name), .. value is null ? Array.Empty<Parameter>() : [new Parameter(name, value)]],
    };
}
