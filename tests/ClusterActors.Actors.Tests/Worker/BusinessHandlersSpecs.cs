using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Worker;

namespace ClusterActors.Actors.Tests.Worker;

public class BusinessHandlersSpecs
{
    public sealed class Mine : IBusinessHandler
    {
        public void OnMessage(IClient client, in ClientMessage message) => client.Send(message.Kind, message.Payload);
    }

    public sealed class NeedsArguments(string argument) : IBusinessHandler
    {
        public void OnMessage(IClient client, in ClientMessage message) => client.Close(argument);
    }

    public sealed class Fails : IBusinessHandler
    {
        public Fails() => throw new InvalidOperationException("no database");

        public void OnMessage(IClient client, in ClientMessage message) => client.Close("");
    }

    public abstract class Unfinished : IBusinessHandler
    {
        public abstract void OnMessage(IClient client, in ClientMessage message);
    }

    private static IBusinessHandler Create(string name) => BusinessHandlers.Create(name, new OriginStore(TimeProvider.System));

    [Fact]
    public void The_built_in_ones_have_short_names()
    {
        Assert.IsType<DataHandler>(Create("data"));
        Assert.IsType<EchoHandler>(Create("echo"));
        Assert.IsType<BroadcastHandler>(Create("broadcast"));
    }

    [Fact]
    public void The_users_own_is_found_by_the_name_of_its_type() =>
        Assert.IsType<Mine>(Create(typeof(Mine).AssemblyQualifiedName!));

    [Fact]
    public void A_handler_may_block_unless_it_says_otherwise() =>
        Assert.False(((IBusinessHandler)new Mine()).NeverBlocks);

    [Theory]
    [InlineData("Echo", "no such type")] // names are case-sensitive
    [InlineData("Shop.Orders, Shop", "no such type")] // no such assembly
    [InlineData("Shop.Orders", "no such type")]
    [InlineData("System.String, System.Private.CoreLib", "does not implement IBusinessHandler")]
    [InlineData("a, b, c, d, e", "no such type")] // no name of a type at all
    [InlineData("[", "no such type")]
    [InlineData("", "no such type")]
    public void What_is_no_handler_is_refused_with_what_would_be_right(string name, string why)
    {
        var failure = Assert.Throws<ArgumentException>(() => Create(name));

        Assert.Contains($"worker.handler = \"{name}\": ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains("allowed are data, echo, broadcast, and ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(NeedsArguments), "cannot be created")]
    [InlineData(typeof(Unfinished), "cannot be created")]
    [InlineData(typeof(Fails), "no database")]
    public void One_that_cannot_be_created_is_refused_with_the_reason(Type type, string why)
    {
        var failure = Assert.Throws<ArgumentException>(() => Create(type.AssemblyQualifiedName!));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }
}
