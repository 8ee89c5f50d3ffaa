using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Gateway;

public class DialProtocolSpecs
{
    [Fact]
    public void The_first_handshake_says_Clusters() => Assert.Equal("Clusters", DialProtocol.First.Name);

    [Fact]
    public void Without_an_answer_both_names_take_turns()
    {
        var second = DialProtocol.First.After(HandshakeEnd.Unanswered);
        var third = second.After(HandshakeEnd.Unanswered);

        Assert.Equal(("Protocol", "Clusters"), (second.Name, third.Name));
    }

    [Fact]
    public void A_refusal_in_words_changes_nothing() =>
        Assert.Equal(DialProtocol.First, DialProtocol.First.After(HandshakeEnd.Understood));

    [Fact]
    public void A_manager_that_was_only_slow_is_asked_as_Clusters_again()
    {
        var next = DialProtocol.First.After(HandshakeEnd.Unanswered).After(HandshakeEnd.NotCshBBrain);

        Assert.Equal("Clusters", next.Name);
    }

    [Fact]
    public void One_that_answers_only_to_the_old_name_is_taken_at_the_second_try()
    {
        var next = DialProtocol.First
            .After(HandshakeEnd.Unanswered).After(HandshakeEnd.NotCshBBrain).After(HandshakeEnd.Unanswered);

        Assert.Equal(("Protocol", true), (next.Name, next.TakesAnyEcho));
    }

    [Fact]
    public void After_a_link_the_echo_is_looked_at_again() =>
        Assert.False(new DialProtocol("Protocol", TakesAnyEcho: true).AfterLink().TakesAnyEcho);
}
