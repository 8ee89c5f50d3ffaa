using ClusterActors.Architecture.Tests.Rules;

namespace ClusterActors.Architecture.Tests;

public class BannedCallSpecs
{
    private const string SampleName = "ClusterActors.Architecture.Tests.Samples.Elsewhere.CallerOfBannedThings";

    /// <summary>Add a line here only with the reason why nothing else will do.</summary>
    private static readonly Allowance[] Allowances = [];

    [Fact]
    public void The_product_neither_locks_nor_blocks_nor_reads_the_time_of_day()
    {
        Assert.NotEmpty(Assemblies.Product.SelectMany(type => type.Bodies()));
        Assert.Empty(BannedCallRule.Violations(Assemblies.Product, Allowances));
    }

    [Fact]
    public void Every_allowance_is_needed_and_has_a_reason()
    {
        Assert.All(Allowances, allowance => Assert.NotEmpty(allowance.Reason));
        Assert.All(Allowances, allowance => Assert.NotEmpty(
            BannedCallRule.Violations(Assemblies.Product, [.. Allowances.Where(other => other != allowance)])));
    }

    [Theory]
    [InlineData("LockOnObject", "System.Threading.Monitor::Enter")]
    [InlineData("LockOnLock", "System.Threading.Lock::EnterScope")]
    [InlineData("Run", "System.Threading.Tasks.Task::Run")]
    [InlineData("StartNew", "System.Threading.Tasks.TaskFactory::StartNew")]
    [InlineData("Sleep", "System.Threading.Thread::Sleep")]
    [InlineData("<SleepInLambda>b__8_0", "System.Threading.Thread::Sleep")]
    [InlineData("MoveNext", "System.Threading.Thread::Sleep")] // in an async method
    [InlineData("Now", "System.DateTime::get_Now")]
    [InlineData("UtcNow", "System.DateTime::get_UtcNow")]
    [InlineData("OffsetUtcNow", "System.DateTimeOffset::get_UtcNow")]
    [InlineData("Ask", "Akka.Actor.Futures::Ask")]
    [InlineData("Result", "System.Threading.Tasks.Task`1::get_Result")]
    [InlineData("Wait", "System.Threading.Tasks.Task::Wait")]
    [InlineData("GetResult", "System.Runtime.CompilerServices.TaskAwaiter`1::GetResult")]
    public void The_rule_bites(string method, string call) =>
        Assert.Contains(
            $"{SampleName} calls {call} (in {method})",
            BannedCallRule.Violations([Assemblies.Sample("CallerOfBannedThings")], []));

    [Fact]
    public void The_rule_leaves_alone_what_is_right() =>
        Assert.Empty(BannedCallRule.Violations([Assemblies.Sample("CallerOfNothingBanned")], []));

    [Fact]
    public void An_allowance_covers_one_call_of_one_type()
    {
        var sample = Assemblies.Sample("CallerOfBannedThings");
        var all = BannedCallRule.Violations([sample], []);
        var most = BannedCallRule.Violations([sample], [new(SampleName, "System.DateTime::get_Now", "a sample")]);

        Assert.Equal([$"{SampleName} calls System.DateTime::get_Now (in Now)"], all.Except(most));
        Assert.Equal(all, BannedCallRule.Violations([sample], [new("Another.Type", "System.DateTime::get_Now", "a sample")]));
    }
}
