using ClusterActors.Actors.Gateway;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Tests.Gateway;

public class OwedRepliesSpecs
{
    private readonly OwedReplies _owed = new();

    private CommandRequest Add(string? seq = null)
    {
        var request = new CommandRequest(new ServerCommand.Drain(true)) { Seq = seq };
        _owed.Add(request);
        return request;
    }

    private static Reply Reply(string name) => ClusterActors.Protocol.Messages.Reply.Done(new Parameter("name", name));

    private string Take(CommandRequest request, string name) => string.Join(' ', _owed.Take(request, Reply(name)).Select(reply => reply.Find("name")));

    [Fact]
    public void Without_seq_the_replies_go_out_in_the_order_of_the_requests()
    {
        var (first, second, third) = (Add(), Add(), Add());

        Assert.Equal("", Take(second, "2"));
        Assert.Equal("1 2", Take(first, "1"));
        Assert.Equal(1, _owed.Count);
        Assert.Equal("3", Take(third, "3"));
        Assert.Equal(0, _owed.Count);
    }

    [Fact]
    public void With_seq_a_reply_waits_for_nobody()
    {
        var (first, marked) = (Add(), Add("s"));

        Assert.Equal("s", Take(marked, "s"));
        Assert.Equal("1", Take(first, "1"));
        Assert.Equal(0, _owed.Count);
    }
}
