using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Tests.Worker.Commands;

public class CommandDeskSpecs
{
    private static readonly ServerCommand Two = new ServerCommand.AddThreads(2);
    private static readonly CommandSettings Settings = new("worker-1");

    private readonly List<CommandEffect> _effects = [];
    private CommandDesk _desk = new(Settings);
    private TimeSpan _now;

    private static CommandCall Call(ServerCommand command, string? seq = null, string? by = null, string? node = null, string manager = "m") =>
        new(ActorRefs.Nobody, new CommandRequest(command) { Seq = seq, By = by, Node = node }, manager);

    private static CommandOutcome.Done Done(string after = "4") => new("2", after);

    private ImmutableList<CommandEffect> Apply((CommandDesk Desk, ImmutableList<CommandEffect> Effects) decision)
    {
        _desk = decision.Desk;
        _effects.AddRange(decision.Effects);
        return decision.Effects;
    }

    private ImmutableList<CommandEffect> Take(CommandCall call) => Apply(_desk.Take(call, _now));

    private ImmutableList<CommandEffect> Execute(CommandOutcome outcome) => Apply(_desk.Executed(_desk.Run, outcome, _now));

    private static Reply ReplyOf(IEnumerable<CommandEffect> effects) => Assert.Single(effects.OfType<CommandEffect.Answer>()).Reply;

    [Fact]
    public void A_command_is_begun_at_once_and_answered_when_it_is_done()
    {
        Assert.Equal((1, Two), Begun(Assert.Single(Take(Call(Two, "s")))));
        _now += TimeSpan.FromMilliseconds(12.345);

        var reply = ReplyOf(Execute(new CommandOutcome.Done("2", "4") { Values = [new Parameter("finishing", "1")] }));

        Assert.True(reply.IsDone);
        Assert.Equal("s", reply.Seq);
        Assert.Equal(
            [new Parameter("before", "2"), new Parameter("after", "4"), new Parameter("finishing", "1"), new Parameter("took", "12.35")],
            reply.Values);
    }

    [Fact]
    public void A_command_that_is_refused_says_why()
    {
        Take(Call(Two, "s"));

        var reply = ReplyOf(Execute(new CommandOutcome.Refused("out-of-range", "too many")));

        Assert.Equal(("out-of-range", "too many", "s"), (reply.Code, reply.Msg, reply.Seq));
    }

    [Fact]
    public void Commands_are_executed_one_at_a_time_in_their_order()
    {
        for (var i = 1; i <= 3; i++)
            Take(Call(new ServerCommand.AddThreads(i)));
        Assert.Single(_effects);

        for (var i = 0; i < 3; i++)
            Execute(Done($"{i}"));

        Assert.Equal(
            ["begin 1", "answer 0", "begin 2", "answer 1", "begin 3", "answer 2"],
            _effects.Select(effect => effect switch
            {
                CommandEffect.Begin { Request.Command: ServerCommand.AddThreads(var count) } => $"begin {count}",
                CommandEffect.Answer answer => $"answer {answer.Reply.Find("after")}",
                _ => "?",
            }));
    }

    [Fact]
    public void A_command_for_another_node_is_refused_and_one_for_this_node_is_not()
    {
        var reply = ReplyOf(Take(Call(Two, "s", node: "worker-2")));

        Assert.Equal(("unknown-node", "this server is worker-1, not worker-2", "s"), (reply.Code, reply.Msg, reply.Seq));
        Assert.IsType<CommandEffect.Begin>(Assert.Single(Take(Call(Two, "s", node: "worker-1"))));
    }

    [Fact]
    public void The_same_command_again_gets_the_same_reply_and_is_not_executed_again()
    {
        Take(Call(Two, "s", "ann"));
        Execute(Done());

        var again = Assert.IsType<CommandEffect.Answer>(Assert.Single(Take(Call(Two, "s", "ann"))));

        Assert.True(again.Repeated);
        Assert.Equal("4", again.Reply.Find("after"));
    }

    [Fact]
    public void The_same_command_while_it_is_under_way_is_answered_with_the_first()
    {
        Take(Call(Two, "s", manager: "first"));
        Take(Call(Two, "s", manager: "second"));

        var answers = Execute(Done()).Cast<CommandEffect.Answer>().ToList();

        Assert.Equal([("first", false), ("second", true)], answers.Select(answer => (answer.Call.Manager, answer.Repeated)));
        Assert.Single(_effects.OfType<CommandEffect.Begin>());
    }

    [Fact]
    public void The_same_command_while_it_waits_is_answered_with_the_first()
    {
        Take(Call(new ServerCommand.Drain(true)));
        Take(Call(Two, "s", manager: "first"));
        Take(Call(Two, "s", manager: "second"));
        Execute(Done());

        Assert.Equal(2, Execute(Done()).Count);
        Assert.Equal(2, _effects.OfType<CommandEffect.Begin>().Count());
    }

    [Fact]
    public void A_refused_command_is_refused_again_and_not_tried_again()
    {
        Take(Call(Two, "s"));
        Execute(new CommandOutcome.Refused("out-of-range", "too many"));

        Assert.Equal("too many", ReplyOf(Take(Call(Two, "s"))).Msg);
    }

    [Theory]
    [InlineData(null, null)] // without a number nothing is known of a command
    [InlineData("s", "bob")] // somebody else may use the same number
    [InlineData("t", "ann")]
    public void Another_number_or_person_is_another_command(string? seq, string? by)
    {
        Take(Call(Two, seq is null ? null : "s", seq is null ? null : "ann"));
        Execute(Done());

        Assert.IsType<CommandEffect.Begin>(Assert.Single(Take(Call(Two, seq, by))));
    }

    [Fact]
    public void A_number_that_was_used_for_another_command_is_refused_with_what_it_was_used_for()
    {
        Take(Call(new ServerCommand.ClosePort(7001, 30), "s"));

        var reply = ReplyOf(Take(Call(Two, "s")));

        Assert.Equal(("bad-request", "seq s was used for close-port 7001 --drain 30; a new command needs a seq of its own"), (reply.Code, reply.Msg));
    }

    [Fact]
    public void Commands_are_remembered_for_ten_minutes()
    {
        Take(Call(Two, "s"));
        Execute(Done());
        _now += TimeSpan.FromMinutes(10);
        Assert.IsType<CommandEffect.Answer>(Assert.Single(Take(Call(Two, "s"))));

        _now += TimeSpan.FromTicks(1);

        Assert.IsType<CommandEffect.Begin>(Assert.Single(Take(Call(Two, "s"))));
    }

    [Fact]
    public void The_newest_thousand_are_remembered()
    {
        for (var i = 0; i < 1001; i++)
        {
            Take(Call(Two, $"{i}"));
            Execute(Done());
        }

        Assert.IsType<CommandEffect.Answer>(Assert.Single(Take(Call(Two, "1"))));
        Assert.IsType<CommandEffect.Answer>(Assert.Single(Take(Call(Two, "1000"))));
        Assert.IsType<CommandEffect.Begin>(Assert.Single(Take(Call(Two, "0"))));
    }

    [Fact]
    public void More_than_may_wait_are_turned_away_and_may_come_again()
    {
        Take(Call(Two, "running"));
        for (var i = 0; i < Settings.MaxWaiting; i++)
            Assert.Empty(Take(Call(Two, $"{i % 40}")));

        Assert.Equal("no-capacity", ReplyOf(Take(Call(Two, "new"))).Code);
        Assert.Equal("no-capacity", ReplyOf(Take(Call(Two, "7"))).Code);
        Assert.Equal("no-capacity", ReplyOf(Take(Call(Two))).Code);
        Execute(Done());

        Assert.Empty(Take(Call(Two, "new")));
    }

    [Fact]
    public void A_command_that_takes_too_long_is_answered_so_and_the_next_one_begins()
    {
        Take(Call(Two, "s"));
        Take(Call(new ServerCommand.Drain(true), "t"));
        _now += Settings.Limit;

        var effects = Apply(_desk.TimedOut(1, _now));

        Assert.Equal("timeout", ReplyOf(effects).Code);
        Assert.Equal((2, new ServerCommand.Drain(true)), Begun(effects[^1]));
    }

    [Fact]
    public void What_comes_of_it_late_is_told_to_whoever_asks_again()
    {
        Take(Call(Two, "s"));
        Apply(_desk.TimedOut(1, _now));
        Assert.Equal("timeout", ReplyOf(Take(Call(Two, "s"))).Code);

        var late = Assert.IsType<CommandEffect.Late>(Assert.Single(Apply(_desk.Executed(1, Done("9"), _now))));

        Assert.Equal(("s", "9"), (late.Reply.Seq, late.Reply.Find("after")));
        Assert.Equal("9", ReplyOf(Take(Call(Two, "s"))).Find("after"));
        Assert.Empty(Apply(_desk.Executed(1, Done(), _now)));
    }

    [Fact]
    public void A_limit_that_is_over_after_the_end_means_nothing()
    {
        Take(Call(Two, "s"));
        Execute(Done());

        Assert.Empty(Apply(_desk.TimedOut(1, _now)));
    }

    [Fact]
    public void Commands_that_waited_too_long_are_not_executed_any_more()
    {
        Take(Call(Two, "running"));
        Take(Call(Two, "early"));
        _now += TimeSpan.FromSeconds(4);
        Take(Call(Two, "later"));
        _now += TimeSpan.FromSeconds(3);

        var effects = Apply(_desk.TimedOut(1, _now));

        var refused = (CommandEffect.Answer)effects[1];
        Assert.Equal(("early", "timeout", "add-workers 2 waited 7 s for commands before it and was not executed"), (refused.Reply.Seq, refused.Reply.Code, refused.Reply.Msg));
        Assert.Equal((2, Two), Begun(effects[2]));
    }

    private static (long Run, ServerCommand Command) Begun(CommandEffect effect)
    {
        var begin = Assert.IsType<CommandEffect.Begin>(effect);
        return (begin.Run, begin.Request.Command);
    }
}
