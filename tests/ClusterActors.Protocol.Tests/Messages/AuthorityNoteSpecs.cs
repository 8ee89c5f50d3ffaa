using System.Buffers;
using ClusterActors.Protocol.Messages;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Messages;

public class AuthorityNoteSpecs
{
    private static AuthorityNote Read(byte[] payload)
    {
        Assert.True(MessageReader.TryRead(payload, out var message, out var refusal), refusal?.Msg);
        return Assert.IsType<AuthorityNote>(message);
    }

    [Theory]
    [InlineData("n=7&action=60&epoch=3&seq=s")]
    [InlineData("seq=%73&n=%37&epoch=3&action=060")]
    public void All_but_action_and_seq_are_its_values_in_the_order_they_came(string text)
    {
        var note = Read(Bytes.Of(text));

        Assert.Equal((60, "s"), (note.Action, note.Seq));
        Assert.Equal([new("n", "7"), new("epoch", "3")], note.Values);
    }

    [Fact]
    public void A_value_is_found_by_its_exact_name()
    {
        var note = Read(Bytes.Of("action=61&n=7&N=8&empty="));

        Assert.Equal(("7", "8", "", null), (note.Find("n"), note.Find("N"), note.Find("empty"), note.Find("epoch")));
    }

    [Theory]
    [InlineData("action=59")]
    [InlineData("action=70")]
    public void The_actions_around_it_are_others(string text)
    {
        _ = MessageReader.TryRead(Bytes.Of(text), out var message, out _);

        Assert.IsNotType<AuthorityNote>(message);
    }

    [Theory]
    [InlineData("action=60&x=%ff&seq=5", "x '%ff' must be UTF-8")]
    [InlineData("action=69&n=1&voters=a%c3%28&seq=5", "voters 'a%c3%28' must be UTF-8")]
    [InlineData("action=64&n=1&n=2&seq=5", "parameter 'n' comes twice")]
    [InlineData("action=64&n&seq=5", "'n' is not name=value")]
    [InlineData("action=64&n=%4&seq=5", "n '%4' has a malformed escape")]
    public void A_bad_one_is_answered_like_every_request(string text, string words)
    {
        Assert.False(MessageReader.TryRead(Bytes.Of(text), out var message, out var refusal));

        Assert.Null(message);
        Assert.Equal((FailureCode.BadRequest, "5"), (refusal!.Code, refusal.Seq));
        Assert.Contains(words, refusal.Msg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused()
    {
        Assert.False(MessageReader.TryRead([.. "action=60&"u8, 0xc3, (byte)'=', (byte)'1'], out _, out var refusal));

        Assert.Contains("must be UTF-8", refusal!.Msg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_place_control_characters_in_the_refusal()
    {
        Assert.False(MessageReader.TryRead(Bytes.Of("action=60&a\nb=%ff"), out _, out var refusal));

        Assert.Equal("a?b '%ff' must be UTF-8", refusal!.Msg);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(70)]
    public void One_of_another_action_is_not_written(int action) =>
        Assert.Throws<ArgumentException>(() => MessageWriter.Write(new ArrayBufferWriter<byte>(), new AuthorityNote(action)));

    [Property]
    public void Whatever_is_written_is_read_again(byte action, NonNull<string>[] values, NonNull<string> seq)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(seq);
        var note = new AuthorityNote(60 + (action % 10))
        {
            Seq = seq.Get.Length % 2 == 0 ? null : Whole(seq.Get)[..Math.Min(Whole(seq.Get).Length, Message.MaxSeqLength)],
            Values = [.. values.Take(60).Select((value, i) => new Parameter($"p{i}", Whole(value.Get)))],
        };

        var read = Read(Bytes.Written(w => MessageWriter.Write(w, note)));

        Assert.Equal((note.Action, note.Seq), (read.Action, read.Seq));
        Assert.Equal(note.Values, read.Values);

        // Half a surrogate pair is no text and has no form in UTF-8.
        static string Whole(string any) => new([.. any.Where(c => !char.IsSurrogate(c))]);
    }
}
