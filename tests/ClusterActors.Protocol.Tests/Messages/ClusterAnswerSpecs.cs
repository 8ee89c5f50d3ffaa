using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Tests.Messages;

public class ClusterAnswerSpecs
{
    private static string? RefusalOf(string text)
    {
        Assert.False(MessageReader.TryRead(Bytes.Of(text), out _, out var refusal));
        Assert.Equal(FailureCode.BadRequest, refusal!.Code);
        return refusal.Msg;
    }

    [Fact]
    public void It_comes_through()
    {
        var written = new ClusterAnswer(["akka.tcp://f@a:1", "akka.tcp://f@b:2"], Forming: true);

        Assert.True(ClusterAnswer.TryRead(written.ToReply(), out var read, out var reason), reason);

        Assert.Equal(written.Members, read!.Members);
        Assert.True(read.Forming);
    }

    [Fact]
    public void A_reply_without_a_cluster_knows_none()
    {
        Assert.True(ClusterAnswer.TryRead(Reply.Done(new Parameter("forming", "0")), out var read, out var reason), reason);

        Assert.Empty(read!.Members);
    }

    [Theory]
    [InlineData(null, "the reply has no forming")]
    [InlineData("2", "forming '2' must be a whole number from 0 to 1")]
    public void Forming_must_be_0_or_1(string? forming, string words)
    {
        var reply = forming is null ? Reply.Done() : Reply.Done(new Parameter("forming", forming));

        Assert.False(ClusterAnswer.TryRead(reply, out _, out var reason));
        Assert.Equal(words, reason);
    }

    [Fact]
    public void A_failure_is_no_answer()
    {
        Assert.False(ClusterAnswer.TryRead(Reply.Failed(FailureCode.Internal, "it broke"), out _, out var reason));
        Assert.Equal("the reply is internal: it broke", reason);
    }

    [Fact]
    public void More_members_than_a_message_may_hold_are_left_out()
    {
        var many = new ClusterAnswer([.. Enumerable.Range(0, 1025).Select(i => $"akka.tcp://f@h:{i}")], false);

        Assert.True(ClusterAnswer.TryRead(many.ToReply(), out var read, out var reason), reason);

        Assert.Equal(many.Members.Take(1024), read!.Members);
    }

    [Theory]
    [InlineData("action=70&cluster=a,,b", "cluster '' must be addresses")]
    [InlineData("action=70&cluster=a,b c", "cluster 'b c' must be addresses")]
    [InlineData("action=70&cluster=a%0Ab", "must be addresses")]
    [InlineData("action=70&cluster=%ff", "is not UTF-8")]
    public void A_bad_list_is_refused_in_words(string text, string words) =>
        Assert.Contains(words, RefusalOf(text), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_is_too_long_is_refused() =>
        Assert.Equal("cluster must have at most 1024 addresses", RefusalOf("action=70&cluster=" + string.Join(',', Enumerable.Repeat("a", 1025))));

    [Fact]
    public void An_address_that_is_too_long_is_refused() =>
        Assert.Contains("must be addresses", RefusalOf("action=70&cluster=" + new string('a', 385)), StringComparison.Ordinal);
}
