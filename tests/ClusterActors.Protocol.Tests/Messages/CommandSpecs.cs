using ClusterActors.Protocol.Messages;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Messages;

public class CommandSpecs
{
    public static TheoryData<string, string> Refusals => new()
    {
        { "action=2", "action 2 needs count" },
        { "action=3&port=1", "action 3 needs count" },                                                        // what another one takes
        { "action=4&Count=1", "action 4 needs count" },                                                       // names are case-sensitive
        { "action=5", "action 5 needs count" },
        { "action=7&count=1", "action 7 needs port" },
        { "action=8&drain=3", "action 8 needs port" },
        { "action=10", "action 10 needs on" },
        { "action=2&count=0", "count '0' must be a whole number from 1 to 2147483647" },
        { "action=3&count=-1", "count '-1' must be a whole number from 1 to 2147483647" },
        { "action=4&count=", "count '' must be a whole number from 1 to 2147483647" },
        { "action=5&count=2147483648", "count '2147483648' must be a whole number from 1 to 2147483647" },
        { "action=2&count=two", "count 'two' must be a whole number from 1 to 2147483647" },
        { "action=2&count=1.5", "count '1.5' must be a whole number from 1 to 2147483647" },
        { "action=7&port=-1", "port '-1' must be a whole number from 0 to 2147483647" },
        { "action=7&port=http", "port 'http' must be a whole number from 0 to 2147483647" },
        { "action=8&port=1&drain=", "drain '' must be a whole number from 0 to 2147483647" },
        { "action=8&port=1&drain=5s", "drain '5s' must be a whole number from 0 to 2147483647" },
        { "action=10&on=2", "on '2' must be 0 or 1" },
        { "action=10&on=true", "on 'true' must be 0 or 1" },
        { "action=10&on=", "on '' must be 0 or 1" },
        { "action=10&on=1&epoch=-1", "epoch '-1' must be a whole number from 0 to 9223372036854775807" },
        { "action=10&on=1&epoch=9223372036854775808", "epoch '9223372036854775808' must be a whole number from 0 to 9223372036854775807" },
        { "action=10&on=1&node=", "node '' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&node=" + new string('n', 129), "must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&node=" + new string('老', 43), "must be 1-128 bytes of UTF-8 without control characters" }, // 129 bytes
        { "action=10&on=1&node=a%0Ab", "must be 1-128 bytes of UTF-8 without control characters" },           // would forge a log line
        { "action=10&on=1&from=", "from '' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&from=m%7F", "must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&run=" + new string('r', 129), "run '" },
        { "action=10&on=1&run=%ff", "run '%ff' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&by=", "by '' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&by=%ff", "by '%ff' must be 1-128 bytes of UTF-8 without control characters" },
        { "action=10&on=1&by=eve%0D%0Aaudit: root", "must be 1-128 bytes of UTF-8 without control characters" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_wrong_parameter_is_named_with_its_value_and_what_is_allowed(string text, string words)
    {
        Assert.False(MessageReader.TryRead(Bytes.Of(text + "&seq=5"), out var message, out var refusal));

        Assert.Null(message);
        Assert.Equal((FailureCode.BadRequest, "5"), (refusal!.Code, refusal.Seq));
        Assert.Contains(words, refusal.Msg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("action=2&count=1&port=x&on=maybe&drain=y")]
    [InlineData("count=01&zebra=1&action=002")]
    [InlineData("count=%31&action=2")]
    public void What_only_another_action_has_is_ignored_and_the_order_is_free(string text)
    {
        Assert.True(MessageReader.TryRead(Bytes.Of(text), out var message, out var refusal), refusal?.Msg);

        Assert.Equal(new CommandRequest(new ServerCommand.AddThreads(1)), message);
    }

    [Fact]
    public void Every_number_may_be_escaped()
    {
        Assert.True(MessageReader.TryRead(Bytes.Of("action=8&port=%39%30&drain=%35&epoch=%37"), out var closed, out _));
        Assert.True(MessageReader.TryRead(Bytes.Of("action=10&on=%31"), out var drained, out _));

        Assert.Equal(new CommandRequest(new ServerCommand.ClosePort(90, 5)) { Epoch = 7 }, closed);
        Assert.Equal(new CommandRequest(new ServerCommand.Drain(true)), drained);
    }

    [Fact]
    public void Names_of_128_bytes_are_taken_however_they_are_escaped()
    {
        var name = new string('老', 42) + "ab";
        var escaped = string.Concat(Bytes.Of(name).Select(b => $"%{b:X2}"));

        Assert.True(MessageReader.TryRead(Bytes.Of($"action=10&on=0&node={escaped}&by={name}"), out var message, out var refusal), refusal?.Msg);

        Assert.Equal(new CommandRequest(new ServerCommand.Drain(false)) { Node = name, By = name }, message);
    }

    [Property]
    public void Whatever_is_written_is_read_again(PositiveInt count, NonNegativeInt port, int? drain, long? epoch, byte which, NonNull<string> node, NonNull<string> by, NonNull<string> from, NonNull<string> run)
    {
        ArgumentNullException.ThrowIfNull(count);
        ArgumentNullException.ThrowIfNull(port);
        ServerCommand command = (which % 7) switch
        {
            0 => new ServerCommand.AddThreads(count.Get),
            1 => new ServerCommand.RemoveThreads(count.Get),
            2 => new ServerCommand.AddReaderWriters(count.Get),
            3 => new ServerCommand.RemoveReaderWriters(count.Get),
            4 => new ServerCommand.OpenPort(port.Get),
            5 => new ServerCommand.ClosePort(port.Get, drain is { } seconds ? seconds & int.MaxValue : null),
            _ => new ServerCommand.Drain(drain is null),
        };
        var request = new CommandRequest(command) { Epoch = epoch is { } e ? e & long.MaxValue : null, Node = Name(node.Get), From = Name(from.Get), Run = Name(run.Get), By = Name(by.Get) };

        Assert.True(MessageReader.TryRead(Bytes.Written(w => MessageWriter.Write(w, request)), out var read, out var refusal), refusal?.Msg);
        Assert.Equal(request, read);

        // At most 40 characters of at most three bytes each: within the limit.
        static string? Name(string any) =>
            new string([.. any.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(40)]) is { Length: > 0 } name ? name : null;
    }

    public static TheoryData<ServerCommand, string> Words => new()
    {
        { new ServerCommand.AddThreads(2), "add-workers 2" },
        { new ServerCommand.RemoveThreads(1), "remove-workers 1" },
        { new ServerCommand.AddReaderWriters(3), "add-reader-writers 3" },
        { new ServerCommand.RemoveReaderWriters(4), "remove-reader-writers 4" },
        { new ServerCommand.OpenPort(9091), "open-port 9091" },
        { new ServerCommand.ClosePort(9091, null), "close-port 9091" },
        { new ServerCommand.ClosePort(9091, 0), "close-port 9091 --drain 0" },
        { new ServerCommand.Drain(true), "drain" },
        { new ServerCommand.Drain(false), "undrain" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Each_has_the_words_of_the_console(ServerCommand command, string words) => Assert.Equal(words, command.ToWords());
}
