using System.Collections.Immutable;
using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>
/// Decides what becomes of each command: executed one at a time in the order they came, answered again when it came before,
/// refused when it is for another node or too many wait. Times are counted from the start of the executor.
/// </summary>
internal sealed record CommandDesk(CommandSettings Settings)
{
    private const int MostLate = 16;

    private ImmutableList<CommandOrder> Waiting { get; init; } = [];

    private CommandOrder? Running { get; init; }

    private ImmutableSortedDictionary<long, CommandOrder> Late { get; init; } = ImmutableSortedDictionary<long, CommandOrder>.Empty;

    private CommandMemory Memory { get; init; } = CommandMemory.Empty;

    /// <summary>Number of the execution under way, or of the last one.</summary>
    public long Run { get; private init; }

    private int WaitingCalls => Waiting.Sum(order => order.Calls.Count) + (Running is null ? 0 : Running.Calls.Count - 1);

    /// <summary>A command comes.</summary>
    public (CommandDesk Desk, ImmutableList<CommandEffect> Effects) Take(CommandCall call, TimeSpan now)
    {
        var request = call.Request;
        if (request.Node is { } node && node != Settings.Node)
            return (this, [Refuse(call, FailureCode.UnknownNode, $"this server is {Settings.Node}, not {node}")]);

        var desk = this with { Memory = Memory.Forget(now - Settings.RememberFor, Settings.MaxRemembered) };
        var key = CommandKey.Of(request);
        if (key is not null && desk.Memory.Find(key) is { } known)
            return desk.TakeAgain(call, key, known);
        if (desk.WaitingCalls >= Settings.MaxWaiting)
            return (desk, [TooMany(call)]);
        if (key is not null)
            desk = desk with { Memory = desk.Memory.Add(key, request.Command, now).Forget(now - Settings.RememberFor, Settings.MaxRemembered) };
        return (desk with { Waiting = desk.Waiting.Add(new CommandOrder([call], now)) }).Next([], now);
    }

    /// <summary>An execution has come to its end.</summary>
    public (CommandDesk Desk, ImmutableList<CommandEffect> Effects) Executed(long run, CommandOutcome outcome, TimeSpan now)
    {
        if (run == Run && Running is { } order)
            return (this with { Running = null }).Finish(order, CommandReplies.Of(outcome, now - order.Since), [], now);
        if (!Late.TryGetValue(run, out var late))
            return (this, []);

        // Whoever asks again from now on learns what has really become of it.
        var reply = CommandReplies.Of(outcome, now - late.Since);
        var desk = this with { Late = Late.Remove(run) };
        return (desk.Remember(late, reply), [new CommandEffect.Late(late.Calls[0], reply with { Seq = late.Calls[0].Request.Seq })]);
    }

    /// <summary>The limit of an execution is over.</summary>
    public (CommandDesk Desk, ImmutableList<CommandEffect> Effects) TimedOut(long run, TimeSpan now)
    {
        if (run != Run || Running is not { } order)
            return (this, []);
        var late = Late.Add(run, order);
        if (late.Count > MostLate)
            late = late.Remove(late.Keys.First());
        var reply = Reply.Failed(
            FailureCode.Timeout, $"{order.Command.ToWords()} is not done after {Seconds(Settings.Limit)} s; it goes on, and the next report tells what became of it");
        return (this with { Running = null, Late = late }).Finish(order, reply, [], now);
    }

    private static CommandEffect.Answer Refuse(CommandCall call, string code, string reason) =>
        new(call, Reply.Failed(code, reason) with { Seq = call.Request.Seq });

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    private CommandEffect.Answer TooMany(CommandCall call) =>
        Refuse(call, FailureCode.NoCapacity, $"{Settings.MaxWaiting} commands wait at this server already; send it again later");

    private (CommandDesk Desk, ImmutableList<CommandEffect> Effects) TakeAgain(CommandCall call, CommandKey key, CommandMemory.Entry known)
    {
        if (known.Command != call.Request.Command)
        {
            var reason = $"seq {key.Seq} was used for {known.Command.ToWords()}; a new command needs a seq of its own";
            return (this, [Refuse(call, FailureCode.BadRequest, reason)]);
        }

        if (known.Reply is { } reply)
            return (this, [new CommandEffect.Answer(call, reply with { Seq = call.Request.Seq }, Repeated: true)]);
        if (WaitingCalls >= Settings.MaxWaiting)
            return (this, [TooMany(call)]);

        // Under way: answered together with the first.
        if (Running is { } running && running.Key == key)
            return (this with { Running = running with { Calls = running.Calls.Add(call) } }, []);
        var index = Waiting.FindIndex(order => order.Key == key);
        var order = Waiting[index];
        return (this with { Waiting = Waiting.SetItem(index, order with { Calls = order.Calls.Add(call) }) }, []);
    }

    private (CommandDesk Desk, ImmutableList<CommandEffect> Effects) Finish(
        CommandOrder order, Reply reply, ImmutableList<CommandEffect> effects, TimeSpan now) =>
        Remember(order, reply).Next(
            effects.AddRange(order.Calls.Select((call, index) =>
                new CommandEffect.Answer(call, reply with { Seq = call.Request.Seq }, Repeated: index > 0))),
            now);

    private CommandDesk Remember(CommandOrder order, Reply reply) =>
        order.Key is { } key ? this with { Memory = Memory.Answered(key, reply) } : this;

    private (CommandDesk Desk, ImmutableList<CommandEffect> Effects) Next(ImmutableList<CommandEffect> effects, TimeSpan now)
    {
        if (Running is not null || Waiting.IsEmpty)
            return (this, effects);
        var order = Waiting[0];
        var desk = this with { Waiting = Waiting.RemoveAt(0) };
        if (now - order.Since > Settings.Limit)
        {
            var reason = $"{order.Command.ToWords()} waited {Seconds(now - order.Since)} s for commands before it and was not executed";
            return desk.Finish(order, Reply.Failed(FailureCode.Timeout, reason), effects, now);
        }

        desk = desk with { Running = order with { Since = now }, Run = Run + 1 };
        return (desk, effects.Add(new CommandEffect.Begin(desk.Run, order.Calls[0].Request)));
    }
}
