using System.Text;
using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Data;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Tests.Backup;

/// <summary>Which writes are done, and what those that are not rest on.</summary>
public class WriteDeskSpecs
{
    private const long Now = 1_000_000;

    private readonly Dictionary<string, PresentEntry> _committed = [];
    private readonly WriteDesk _desk;

    public WriteDeskSpecs() => _desk = new WriteDesk(
        key => _committed.TryGetValue(Encoding.UTF8.GetString(key.Span), out var entry) ? entry : null);

    private static EntryVersion Version(long sequence) => new(0, 1, sequence);

    private static ReadOnlyMemory<byte> Key(string key) => Encoding.UTF8.GetBytes(key);

    private static DataWrite Put(EntryCondition condition) => new(DataWriteKind.Put, Key("k"), default, condition, null);

    private static DataWrite Remove(EntryCondition condition = default) => new(DataWriteKind.Remove, Key("k"), default, condition, null);

    private void Commit(long sequence, long expiry = 0) => _committed["k"] = new PresentEntry(Version(sequence), expiry);

    private void Pend(long sequence, bool removes = false) =>
        _desk.Add(Key("k"), sequence, removes ? null : new PresentEntry(Version(sequence), 0));

    public class WithoutAnEntry : WriteDeskSpecs
    {
        [Fact]
        public void A_put_is_done() => Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Any), Now));

        [Fact]
        public void A_put_that_wants_none_is_done() => Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Absent), Now));

        [Fact]
        public void A_put_over_a_version_conflicts_with_nothing() => Assert.Equal(
            new WriteVerdict(DataOutcome.Conflict(null), 0), _desk.Judge(Put(EntryCondition.Of(Version(1))), Now));

        [Fact]
        public void There_is_nothing_to_remove() => Assert.Equal(new WriteVerdict(DataOutcome.NotFound, 0), _desk.Judge(Remove(), Now));

        [Fact]
        public void To_remove_a_version_is_a_conflict() => Assert.Equal(
            new WriteVerdict(DataOutcome.Conflict(null), 0), _desk.Judge(Remove(EntryCondition.Of(Version(1))), Now));
    }

    public class OverACommittedEntry : WriteDeskSpecs
    {
        public OverACommittedEntry() => Commit(7);

        [Fact]
        public void A_put_that_wants_none_is_told_what_is_there() => Assert.Equal(
            new WriteVerdict(DataOutcome.Conflict(Version(7)), 0), _desk.Judge(Put(EntryCondition.Absent), Now));

        [Fact]
        public void A_put_over_its_version_is_done() => Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Of(Version(7))), Now));

        [Fact]
        public void A_put_over_another_version_is_told_its_own() => Assert.Equal(
            new WriteVerdict(DataOutcome.Conflict(Version(7)), 0), _desk.Judge(Put(EntryCondition.Of(Version(6))), Now));

        [Fact]
        public void It_can_be_removed() => Assert.Equal(WriteVerdict.Do, _desk.Judge(Remove(), Now));
    }

    public class WhenItsTimeIsOver : WriteDeskSpecs
    {
        [Fact]
        public void It_is_as_if_it_were_not_there()
        {
            Commit(7, expiry: Now);

            Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Absent), Now));
            Assert.Equal(new WriteVerdict(DataOutcome.NotFound, 0), _desk.Judge(Remove(), Now));
        }

        [Fact]
        public void A_millisecond_before_it_is_there()
        {
            Commit(7, expiry: Now + 1);

            Assert.Equal(new WriteVerdict(DataOutcome.Conflict(Version(7)), 0), _desk.Judge(Put(EntryCondition.Absent), Now));
        }

        [Fact]
        public void It_is_not_removed_for_that_when_it_was_written_again()
        {
            Commit(7, expiry: Now);
            Assert.True(_desk.IsStill(Key("k"), Version(7)));

            Pend(8);

            Assert.False(_desk.IsStill(Key("k"), Version(7)));
        }
    }

    public class BehindAWriteThatIsNotCommitted : WriteDeskSpecs
    {
        [Fact]
        public void A_condition_is_judged_by_it_and_its_failure_told_only_once_it_is_committed()
        {
            Commit(7);
            Pend(9);

            Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Of(Version(9))), Now));
            Assert.Equal(new WriteVerdict(DataOutcome.Conflict(Version(9)), 9), _desk.Judge(Put(EntryCondition.Of(Version(7))), Now));
        }

        [Fact]
        public void What_it_removes_is_not_there()
        {
            Commit(7);
            Pend(9, removes: true);

            Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Absent), Now));
            Assert.Equal(new WriteVerdict(DataOutcome.NotFound, 9), _desk.Judge(Remove(), Now));
        }

        [Fact]
        public void It_counts_no_more_once_it_is_committed()
        {
            Pend(9);
            _desk.Clear();

            Assert.Equal(0, _desk.Count);
            Assert.Equal(WriteVerdict.Do, _desk.Judge(Put(EntryCondition.Absent), Now));
        }
    }
}
