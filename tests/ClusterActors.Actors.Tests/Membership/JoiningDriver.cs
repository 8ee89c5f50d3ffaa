using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Membership;

namespace ClusterActors.Actors.Tests.Membership;

/// <summary>Drives the decisions of one node the way its actor does, on a clock that stands until it is moved.</summary>
internal sealed class JoiningDriver(string name = "m")
{
    public static readonly HostAndPort First = new("10.0.0.1", 9292);
    public static readonly HostAndPort Second = new("10.0.0.2", 9292);

    private readonly List<MembershipEffect> _effects = [];

    public MembershipState State { get; private set; } = new(Address.Parse(AddressOf(name)), $"{name}#1");

    public TimeSpan Now { get; private set; }

    public static string AddressOf(string name) => $"akka.tcp://fleet@{name}:9393";

    public JoiningDriver Holding(bool holds = true)
    {
        State = State with { Holds = holds };
        return this;
    }

    /// <summary>Seconds pass; every one of these managers is asked each time, and none answers.</summary>
    public JoiningDriver Pass(int seconds, params HostAndPort[] managers)
    {
        for (var i = 0; i < seconds; i++)
        {
            Now += TimeSpan.FromSeconds(1);
            (State, var effects) = Joining.Tick(State, Now);
            _effects.AddRange(effects);
            if (effects.Any(effect => effect is MembershipEffect.Ask))
                State = Joining.Asked(State, managers, Now);
        }

        return this;
    }

    /// <summary>A manager, or anyone else, says which cluster he knows.</summary>
    public JoiningDriver Hear(string source, bool forming = false, params string[] names)
    {
        (State, var effect) = Joining.Told(State, source, names.Select(AddressOf), forming, Now);
        if (effect is not null)
            _effects.Add(effect);
        return this;
    }

    public JoiningDriver Answer(HostAndPort manager, params string[] names) => Hear(manager.ToString(), forming: false, names);

    /// <summary>The node is a member of a cluster with these.</summary>
    public JoiningDriver BecomesMember(params string[] others)
    {
        var book = State.Book;
        foreach (var member in others.Prepend(name))
            book = book.Put($"{member}#1", AddressOf(member), member, MemberPhase.Up);
        State = State.With(book);
        return this;
    }

    public JoiningDriver Change(Func<MemberBook, MemberBook> change)
    {
        State = State.With(change(State.Book));
        return this;
    }

    /// <summary>What was decided so far is not looked at.</summary>
    public JoiningDriver Skip()
    {
        _effects.Clear();
        return this;
    }

    /// <summary>What was decided since the last look, in words; questions left out.</summary>
    public IReadOnlyList<string> TakeMoves()
    {
        var moves = _effects.Where(effect => effect is not MembershipEffect.Ask).Select(InWords).ToImmutableList();
        _effects.Clear();
        return moves;
    }

    /// <summary>The questions since the last look, each by what it tells.</summary>
    public IReadOnlyList<string> TakeQuestions()
    {
        var asked = _effects.OfType<MembershipEffect.Ask>().Select(ask => string.Join(',', ask.Known)).ToImmutableList();
        _effects.Clear();
        return asked;
    }

    private static string InWords(MembershipEffect effect) => effect switch
    {
        MembershipEffect.Join join => "join " + string.Join(',', join.Through.Select(member => member.Host)),
        MembershipEffect.Form => "form",
        MembershipEffect.GiveUp away => $"give up {away.Members} for {away.Others}",
        _ => effect.ToString(),
    };
}
