using ClusterActors.Protocol.Messages;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Messages;

public class AuthorityRequestSpecs
{
    private const string MoveNeeds = "action 6 needs either node, the server that is to take over, or ip, port and epoch, those of the holder";
    private const string VotersMust = "must be 1-5 different addresses separated by commas, each host:port, as in 10.0.0.7:9292 or [::1]:9292";
    private const string ConfirmMust = "confirm must be 1: it says that every voter which is not among voters is stopped";

    public static TheoryData<string, string> Refusals => new()
    {
        { "action=6", MoveNeeds },
        { "action=6&by=alice", MoveNeeds },
        { "action=6&ip=a&port=1", MoveNeeds },
        { "action=6&ip=a&epoch=1", MoveNeeds },
        { "action=6&port=1&epoch=1", MoveNeeds },
        { "action=6&node=n&epoch=1", MoveNeeds },                                                // an order and news at once
        { "action=6&node=n&ip=a&port=1&epoch=1", MoveNeeds },
        { "action=6&Node=n", MoveNeeds },                                                        // names are case-sensitive
        { "action=6&node=", "node '' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=6&node=" + new string('n', 129), "must be 1-128 bytes of UTF-8 without control characters" },
        { "action=6&node=n&by=a%0Ab", "must be 1-128 bytes of UTF-8 without control characters" }, // would forge a log line
        { "action=6&ip=&port=1&epoch=1", "ip '' must be an IP address or a host name" },
        { "action=6&ip=a b&port=1&epoch=1", "ip 'a b' must be an IP address or a host name" },
        { "action=6&ip=%ff&port=1&epoch=1", "ip '%ff' must be an IP address or a host name" },
        { "action=6&ip=" + new string('a', 1000) + "&port=1&epoch=1", "must be an IP address or a host name" },
        { "action=6&ip=a&port=0&epoch=1", "port '0' must be a whole number from 1 to 65535" },
        { "action=6&ip=a&port=65536&epoch=1", "port '65536' must be a whole number from 1 to 65535" },
        { "action=6&ip=a&port=1&epoch=-1", "epoch '-1' must be a whole number from 0 to 9223372036854775807" },
        { "action=71", "action 71 needs voters" },
        { "action=71&confirm=1", "action 71 needs voters" },
        { "action=71&voters=a:1", ConfirmMust },
        { "action=71&voters=a:1&confirm=0", ConfirmMust },
        { "action=71&voters=a:1&confirm=yes", ConfirmMust },
        { "action=71&voters=&confirm=1", "voters '' " + VotersMust },
        { "action=71&voters=a:1,&confirm=1", "voters 'a:1,' " + VotersMust },
        { "action=71&voters=a:1,a:1&confirm=1", "voters 'a:1,a:1' " + VotersMust },
        { "action=71&voters=a:1,A:1&confirm=1", VotersMust },                                    // the same host
        { "action=71&voters=a:1,a:2,a:3,a:4,a:5,a:6&confirm=1", VotersMust },
        { "action=71&voters=a:1, a:2&confirm=1", VotersMust },
        { "action=71&voters=a:0&confirm=1", VotersMust },
        { "action=71&voters=a:01&confirm=1", VotersMust },                                       // another form of a:1
        { "action=71&voters=a:65536&confirm=1", VotersMust },
        { "action=71&voters=::1:9292&confirm=1", VotersMust },
        { "action=71&voters=[a]:9292&confirm=1", VotersMust },
        { "action=71&voters=[::1]&confirm=1", VotersMust },
        { "action=71&voters=:1&confirm=1", VotersMust },
        { "action=71&voters=a_%26:1&confirm=1", VotersMust },
        { "action=71&voters=" + new string('a', 10_000) + "&confirm=1", VotersMust },
        { "action=71&voters=a:1&confirm=1&by=", "by '' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=72&by=", "by '' must be 1-128 bytes of UTF-8 without control characters" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_wrong_is_named_with_what_would_be_right(string text, string words)
    {
        Assert.False(MessageReader.TryRead(Bytes.Of(text + "&seq=5"), out var message, out var refusal));

        Assert.Null(message);
        Assert.Equal((FailureCode.BadRequest, "5"), (refusal!.Code, refusal.Seq));
        Assert.Contains(words, refusal.Msg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("action=6&node=n&voters=&confirm=maybe")]
    [InlineData("zebra=1&node=%6E&action=006")]
    public void What_only_another_action_has_is_ignored_and_the_order_is_free(string text)
    {
        Assert.True(MessageReader.TryRead(Bytes.Of(text), out var message, out var refusal), refusal?.Msg);
        Assert.Equal(new AuthorityMove { Node = "n" }, message);
    }

    [Fact]
    public void A_readmission_has_no_parameter_that_could_be_wrong()
    {
        Assert.True(MessageReader.TryRead(Bytes.Of("action=72&node=&port=x"), out var message, out var refusal), refusal?.Msg);
        Assert.Equal(new ReadmitRequest(), message);
    }

    [Fact]
    public void Every_value_may_be_escaped()
    {
        Assert.True(MessageReader.TryRead(Bytes.Of("action=6&ip=%3A%3a1&port=%39%30&epoch=%37"), out var news, out _));
        Assert.True(MessageReader.TryRead(Bytes.Of("action=71&voters=a%3A1%2Cb:2&confirm=%31"), out var force, out _));

        Assert.Equal(new AuthorityMove { Ip = "::1", Port = 90, Epoch = 7 }, news);
        Assert.Equal(["a:1", "b:2"], ((ForceAuthorityRequest)force!).Voters);
    }

    [Theory]
    [InlineData("10.0.0.7:9292")]
    [InlineData("[2001:db8::1]:1")]
    [InlineData("manager-1.example.org:65535")]
    [InlineData("a_b:80")]
    public void Addresses_of_voters(string address)
    {
        Assert.True(MessageReader.TryRead(Bytes.Of($"action=71&voters={address}&confirm=1"), out var message, out var refusal), refusal?.Msg);
        Assert.Equal([address], ((ForceAuthorityRequest)message!).Voters);
    }

    [Property]
    public void Whatever_is_written_is_read_again(ushort port, long epoch, NonNull<string> node, NonNull<string> by, bool order)
    {
        var who = Name(by.Get);
        var move = order
            ? new AuthorityMove { Node = Name(node.Get) ?? "n", By = who }
            : new AuthorityMove { Ip = "10.0.0.7", Port = Math.Max((int)port, 1), Epoch = epoch & long.MaxValue, By = who };

        Assert.True(MessageReader.TryRead(Bytes.Written(w => MessageWriter.Write(w, move)), out var read, out var refusal), refusal?.Msg);
        Assert.Equal(move, read);

        // At most 40 characters of at most three bytes each: within the limit.
        static string? Name(string any) =>
            new string([.. any.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(40)]) is { Length: > 0 } name ? name : null;
    }
}
