using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>What the other specs rest on can fail.</summary>
public class HistoryCheckSpecs
{
    private readonly List<Deed> _deeds = [];
    private int _run;
    private long _clock;

    [Fact]
    public void What_is_as_it_should_be_is_not_blamed()
    {
        Put("a", "a.1#9", 1);
        Unknown(DataOperation.Put, "a", "a.2#9");
        Restart();
        Get("a", "a.2#9", 2);
        Remove("a", 3);
        Missing("a");
        Unknown(DataOperation.Remove, "b", null);
        Put("c=", "a.3=1#9", 5, EntryCondition.Absent);
        Put("c=", "a.4=2#9", 6, EntryCondition.Of(Version(5)));
        Unknown(DataOperation.Put, "c=", "a.5=3#9", EntryCondition.Of(Version(6)));
        Restart();
        Get("c=", "a.4=2#9", 6);
        Conflict("c=", EntryCondition.Absent, Version(6));

        Assert.Empty(HistoryCheck.Run(_deeds));
    }

    [Fact]
    public void A_lost_write_is_found()
    {
        Put("a", "a.1#9", 1);
        Restart();
        Missing("a");

        Finds("is lost");
    }

    [Fact]
    public void A_write_that_was_replaced_by_an_older_one_is_found()
    {
        Put("a", "a.1#9", 1);
        Put("a", "a.2#9", 2);
        Restart();
        Get("a", "a.1#9", 1);

        Finds("1.1.2 was there before");
    }

    [Fact]
    public void A_lost_removal_is_found()
    {
        Put("a", "a.1#9", 1);
        Remove("a", 2);
        Restart();
        Get("a", "a.1#9", 1);

        Finds("1.1.2 was there before");
    }

    [Fact]
    public void A_lost_write_is_found_even_when_a_removal_of_an_earlier_run_may_have_been_done()
    {
        Unknown(DataOperation.Remove, "a", null);
        Restart();
        Put("a", "a.1#9", 1);
        Restart();
        Missing("a");

        Finds("is lost");
    }

    [Fact]
    public void A_value_that_was_shown_and_is_gone_is_found()
    {
        Put("a", "a.1#9", 1);
        Unknown(DataOperation.Put, "a", "a.2#9");
        Get("a", "a.2#9", 2);
        Restart();
        Get("a", "a.1#9", 1);

        Finds("1.1.2 was there before");
    }

    [Fact]
    public void A_value_that_was_pushed_and_is_gone_is_found()
    {
        Unknown(DataOperation.Put, "a", "a.2#9");
        Add(Begin(DataOperation.Watch, "a") with { Shows = "a.2#9", Version = Version(2) });
        Restart();
        Missing("a");

        Finds("is lost");
    }

    [Fact]
    public void An_entry_that_was_seen_to_be_gone_and_is_back_is_found()
    {
        Put("a", "a.1#9", 1);
        Unknown(DataOperation.Remove, "a", null);
        Missing("a");
        Restart();
        Get("a", "a.1#9", 1);

        Finds("was seen to be gone before");
    }

    [Fact]
    public void A_conflict_that_rests_on_what_is_gone_is_found()
    {
        Unknown(DataOperation.Put, "a", "a.1#9");
        Conflict("a", EntryCondition.Absent, Version(1));
        Restart();
        Missing("a");

        Finds("is lost");
    }

    [Fact]
    public void A_value_that_nobody_wrote_is_found()
    {
        Get("a", "a.1#9", 1);

        Finds("nobody wrote");
    }

    [Fact]
    public void A_value_that_was_refused_is_found()
    {
        Add(Begin(DataOperation.Put, "a") with { Writes = "a.1#9", End = DeedEnd.Refused });
        Get("a", "a.1#9", 1);

        Finds("was not written");
    }

    [Fact]
    public void A_write_that_was_done_twice_is_found()
    {
        Put("a", "a.1#9", 1);
        Restart();
        Get("a", "a.1#9", 2);

        Finds("two versions of one write");
    }

    [Fact]
    public void A_doubled_increment_is_found()
    {
        Put("c", "a.1=1#9", 1, EntryCondition.Absent);
        Put("c", "a.2=2#9", 2, EntryCondition.Of(Version(1)));
        Put("c", "b.1=2#9", 3, EntryCondition.Of(Version(1)));

        Finds("was to follow 1.1.1 and follows 1.1.2");
        Finds("counter c is at 2; 3 increments were acknowledged");
    }

    [Fact]
    public void A_counter_that_was_begun_twice_is_found()
    {
        Put("c", "a.1=1#9", 1, EntryCondition.Absent);
        Put("c", "b.1=1#9", 2, EntryCondition.Absent);

        Finds("was to be the first and follows 1.1.1");
    }

    [Fact]
    public void A_counter_that_is_higher_than_all_increments_is_found()
    {
        Put("c", "a.1=1#9", 1, EntryCondition.Absent);
        Put("c", "a.2=3#9", 2, EntryCondition.Of(Version(1)));

        Finds("counter c is at 3; 2 increments were acknowledged and at most 2 done");
    }

    [Fact]
    public void A_conflict_without_a_reason_is_found()
    {
        Put("a", "a.1#9", 1);
        Conflict("a", EntryCondition.Of(Version(1)), Version(1));

        Finds("what was asked for was there");
    }

    [Fact]
    public void Versions_that_do_not_grow_are_found()
    {
        Put("a", "a.1#9", 2);
        Put("b", "a.2#9", 1);

        Finds("versions do not grow");
    }

    [Fact]
    public void One_version_of_two_writes_is_found()
    {
        Put("a", "a.1#9", 1);
        Put("b", "a.2#9", 1);

        Finds("one version of two writes");
    }

    [Fact]
    public void A_write_of_an_earlier_run_that_comes_behind_later_ones_is_found()
    {
        Unknown(DataOperation.Put, "a", "a.1#9");
        Restart();
        Put("a", "a.2#9", 1);
        Get("a", "a.1#9", 2);

        Finds("has come behind");
    }

    [Fact]
    public void A_value_of_which_one_byte_is_another_is_no_value()
    {
        var value = LabelledValue.Of("a.1#300");
        Assert.Equal("a.1#300", LabelledValue.LabelOf(value));

        value[^1] ^= 1;

        Assert.NotEqual("a.1#300", LabelledValue.LabelOf(value));
        Assert.NotEqual("a.1#300", LabelledValue.LabelOf(value.AsSpan(0, 299)));
    }

    private void Finds(string words) => Assert.Contains(HistoryCheck.Run(_deeds), fault => fault.Contains(words, StringComparison.Ordinal));

    private static EntryVersion Version(long sequence) => new(1, 1, sequence);

    private void Restart() => _run++;

    private void Put(string key, string label, long sequence, EntryCondition condition = default) =>
        Add(Begin(DataOperation.Put, key) with { Writes = label, Condition = condition, Version = Version(sequence) });

    private void Remove(string key, long sequence) => Add(Begin(DataOperation.Remove, key) with { Version = Version(sequence) });

    private void Get(string key, string label, long sequence) => Add(Begin(DataOperation.Get, key) with { Shows = label, Version = Version(sequence) });

    private void Missing(string key) => Add(Begin(DataOperation.Get, key) with { End = DeedEnd.Missing });

    private void Conflict(string key, EntryCondition condition, EntryVersion? version) =>
        Add(Begin(DataOperation.Put, key) with { Writes = $"a.{_clock}#9", Condition = condition, End = DeedEnd.Conflict, Version = version });

    private void Unknown(DataOperation operation, string key, string? label, EntryCondition condition = default) =>
        _deeds.Add(Begin(operation, key) with { Writes = label, Condition = condition, End = DeedEnd.Unknown });

    private void Add(Deed deed) => _deeds.Add(deed with { Answered = ++_clock });

    private Deed Begin(DataOperation operation, string key) => new("a", operation, key, ++_clock) { Run = _run, End = DeedEnd.Done };
}
