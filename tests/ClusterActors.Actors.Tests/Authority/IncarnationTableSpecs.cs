using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority;

public class IncarnationTableSpecs
{
    private static readonly IncarnationTable Table = IncarnationTable.Empty.With("a", new Incarnation(2, "a2")).With("b", new Incarnation(1, "b1"));

    [Fact]
    public void The_higher_number_of_each_voter_stays()
    {
        var merged = Table.Merge(IncarnationTable.Empty
            .With("a", new Incarnation(1, "a1")).With("b", new Incarnation(3, "b3")).With("c", new Incarnation(1, "c1")));

        Assert.Equal(new Incarnation(2, "a2"), merged.Find("a"));
        Assert.Equal(new Incarnation(3, "b3"), merged.Find("b"));
        Assert.Equal(new Incarnation(1, "c1"), merged.Find("c"));
        Assert.Null(merged.Find("d"));
    }

    [Fact]
    public void What_is_known_already_changes_nothing()
    {
        Assert.Same(Table, Table.Merge(Table));
        Assert.Same(Table, Table.Merge(IncarnationTable.Empty.With("a", new Incarnation(1, "a1"))));
        Assert.Same(Table, Table.Merge(IncarnationTable.Empty.With("b", new Incarnation(1, "another"))));
        Assert.Same(Table, Table.With("b", new Incarnation(1, "b1")));
    }
}
