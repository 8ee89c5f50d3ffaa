using System.Text;
using System.Text.Json;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Authority.Files;

public sealed class BallotFileSpecs : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly BallotFile _file;

    public BallotFileSpecs() => _file = new BallotFile(_files.Root, "m:1");

    public void Dispose() => _files.Dispose();

    private Ballot Found() => Assert.IsType<Stored<Ballot>.Found>(_file.Load()).Value;

    private string Damage() => Assert.IsType<Stored<Ballot>.Damaged>(_file.Load()).Reason;

    private void Put(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FilePath)!);
        File.WriteAllBytes(_file.FilePath, bytes);
    }

    [Fact]
    public void It_is_in_the_directory_of_its_node() => Assert.Equal(Path.Combine(_files.Root, "m%3A1", "ballot.json"), _file.FilePath);

    [Fact]
    public void Without_a_file_it_is_missing() => Assert.IsType<Stored<Ballot>.Missing>(_file.Load());

    [Property(MaxTest = 100)]
    public void Whatever_is_saved_is_found(int seed)
    {
        var ballot = BallotExamples.Any(new Random(seed));

        _file.Save(ballot);

        Assert.Equal(BallotExamples.Show(ballot), BallotExamples.Show(Found()));
    }

    [Fact]
    public void People_can_read_it()
    {
        _file.Save(BallotExamples.Ballot);

        using var json = JsonDocument.Parse(File.ReadAllBytes(_file.FilePath));
        Assert.Equal(
            ["format", "promised", "votedFor", "admitted", "incarnation", "longestLeaseMs", "votersVersion", "leaseMs", "voters", "table", "sha256"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, 12), (json.RootElement.GetProperty("format").GetInt32(), json.RootElement.GetProperty("promised").GetInt32()));
    }

    [Fact]
    public void A_flipped_bit_in_any_byte_is_seen()
    {
        var whole = BallotJson.Write(BallotExamples.Ballot);
        for (var at = 0; at < whole.Length; at++)
        {
            for (var bit = at % 4; bit < 8; bit += 4) // each look waits for the disk
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] ^= (byte)(1 << bit);
                Put(bytes);
                Assert.True(_file.Load() is Stored<Ballot>.Damaged { IsUnreadable: false }, $"bit {bit} of byte {at} of {Encoding.Latin1.GetString(bytes)}");
            }
        }
    }

    [Fact]
    public void Every_cut_is_seen()
    {
        var whole = BallotJson.Write(BallotExamples.Ballot);
        for (var length = 0; length < whole.Length; length++)
        {
            Put(whole[..length]);
            Assert.True(_file.Load() is Stored<Ballot>.Damaged { IsUnreadable: false }, $"cut at {length}");
        }

        Put([.. whole, (byte)'\n']);
        Assert.IsType<Stored<Ballot>.Damaged>(_file.Load());
    }

    [Fact]
    public void A_number_that_a_person_changed_is_damage()
    {
        var text = Encoding.UTF8.GetString(BallotJson.Write(BallotExamples.Ballot));
        Put(Encoding.UTF8.GetBytes(text.Replace("\"promised\": 12", "\"promised\": 11", StringComparison.Ordinal)));

        Assert.Contains("its sha256 does not belong to what it says", Damage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is no JSON: line 1, byte 1")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("{}", "format is missing")]
    [InlineData("{\"format\":\"1\"}", "format must be a Number")]
    [InlineData("{\"format\":2}", "its format is 2, which this version does not know; it knows 1")]
    [InlineData("{\"format\":1}", "promised is missing")]
    [InlineData("{\"format\":1,\"promised\":1,\"votedFor\":3}", "node is missing")]
    [InlineData("{\"format\":1,\"promised\":1,\"votedFor\":{\"node\":\"\\ud800\"}}", "it holds a text that is not UTF-8")]
    public void What_is_no_ballot_is_damage_that_is_named(string text, string reason)
    {
        Put(Encoding.UTF8.GetBytes(text));

        Assert.Equal(reason, Damage());
    }

    [Theory]
    [InlineData("\"promised\": 12", "\"promised\": -1", "promised must be a whole number from 0")]
    [InlineData("\"promised\": 12", "\"promised\": 1.5", "promised must be a whole number from 0")]
    [InlineData("\"admitted\": true", "\"admitted\": 1", "admitted must be true or false")]
    [InlineData("\"leaseMs\": 5000", "\"leaseMs\": 1999", "leaseMs must be a whole number from 2000 to 300000")]
    [InlineData("\"longestLeaseMs\": 7000", "\"longestLeaseMs\": 300001", "longestLeaseMs must be a whole number from 2000 to 300000")]
    [InlineData("\"b:2\"", "\"a:1\"", "a voter is named twice")]
    [InlineData("\"number\": 3", "\"number\": 0", "number must be a whole number from 1 to 2147483647")]
    [InlineData("\"incarnation\": \"0123abcd\"", "\"incarnation\": null", "incarnation must be a String")]
    public void What_must_not_be_is_named(string good, string bad, string reason)
    {
        var text = Encoding.UTF8.GetString(BallotJson.Write(BallotExamples.Ballot));
        Assert.Contains(good, text, StringComparison.Ordinal);
        Put(Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)));

        Assert.StartsWith(reason, Damage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_more_in_it_than_this_version_knows_is_not_taken_for_a_ballot()
    {
        Put(SealedJson.Write(json =>
        {
            using var ballot = JsonDocument.Parse(BallotJson.Write(BallotExamples.Ballot));
            foreach (var member in ballot.RootElement.EnumerateObject().Where(member => member.Name is not ("format" or "sha256")))
                member.WriteTo(json);
            json.WriteNumber("later", 1);
        }));

        Assert.Contains("does not belong", Damage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_far_too_long_is_damage()
    {
        Put(new byte[70_000]);

        Assert.Equal("it has 70000 bytes; allowed are 65536", Damage());
    }

    [Fact]
    public void A_directory_in_its_place_cannot_be_read()
    {
        Directory.CreateDirectory(_file.FilePath);

        Assert.True(Assert.IsType<Stored<Ballot>.Damaged>(_file.Load()).IsUnreadable);
        Assert.ThrowsAny<Exception>(() => _file.Save(BallotExamples.Ballot));
    }

    [Fact]
    public void A_file_in_the_place_of_the_data_directory_cannot_be_written_to()
    {
        var file = new BallotFile(_files.Write("data", "x"), "m");

        Assert.ThrowsAny<IOException>(() => file.Save(BallotExamples.Ballot));
        Assert.IsType<Stored<Ballot>.Missing>(file.Load());
    }

    [Fact]
    public void A_write_that_a_crash_cut_off_does_no_harm()
    {
        _file.Save(BallotExamples.Ballot);
        File.WriteAllText(_file.FilePath + ".tmp", "{ \"form");

        Assert.Equal(12, Found().Promised);
        _file.Save(BallotExamples.Ballot with { Promised = 13 });
        Assert.Equal(13, Found().Promised);
    }

    [Fact]
    public void A_damaged_one_is_set_aside_and_a_new_one_begun()
    {
        Put("damage"u8.ToArray());

        var aside = _file.SetAside();

        Assert.Equal((_file.FilePath + ".damaged-1", "damage"), (aside, File.ReadAllText(aside)));
        Assert.IsType<Stored<Ballot>.Missing>(_file.Load());
        _file.Save(BallotExamples.Ballot);
        Assert.Equal(BallotExamples.Show(BallotExamples.Ballot), BallotExamples.Show(Found()));
    }

    [Fact]
    public void The_largest_ballot_there_can_be_is_found_again()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 31));
        var table = IncarnationTable.Empty;
        for (var i = 0; i < 16; i++)
            table = table.With($"{name}{i}", new Incarnation(int.MaxValue, name));
        var largest = BallotExamples.Ballot with
        {
            Promised = long.MaxValue,
            VotedFor = new ManagerRun(name, name),
            Incarnation = name,
            Table = table,
            Voters = VoterSet.Create(Enumerable.Range(0, 5).Select(i => $"{name}{i}"), AuthoritySettings.MaxLease, long.MaxValue),
        };

        _file.Save(largest);

        Assert.Equal(BallotExamples.Show(largest), BallotExamples.Show(Found()));
    }
}
