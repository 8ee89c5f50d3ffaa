using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Gateway;

public class BudgetSpecs
{
    [Fact]
    public void There_are_as_many_places_as_the_limit_says()
    {
        var budget = new Budget(2);

        Assert.Equal([true, true, false], [budget.TryTake(), budget.TryTake(), budget.TryTake()]);
        Assert.Equal(2, budget.Taken);
    }

    [Fact]
    public void A_place_that_is_given_back_is_given_again()
    {
        var budget = new Budget(1);
        Assert.True(budget.TryTake());

        budget.Release();

        Assert.True(budget.TryTake());
        Assert.False(budget.TryTake());
    }

    [Fact]
    public void Threads_that_take_and_give_back_never_exceed_the_limit_and_lose_no_place()
    {
        var budget = new Budget(3);
        var highest = 0;

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var taken = budget.TryTake();
                highest = Math.Max(highest, budget.Taken);
                if (taken)
                    budget.Release();
            }
        });

        Assert.Equal(0, budget.Taken);
        Assert.InRange(highest, 1, 3);
    }
}
