using System.Buffers;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;
using ClusterActors.Protocol.Messages;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Gateway;

public class AuthorityWritingSpecs
{
    [Fact]
    public void Every_message_has_its_form()
    {
        foreach (var (message, action, values) in AuthorityExamples.Golden)
        {
            var note = AuthorityWriting.Write(message);
            Assert.Equal((action, values), (note.Action, AuthorityExamples.Show(note)));
        }
    }

    [Fact]
    public void What_a_node_tells_of_itself_has_its_form()
    {
        foreach (var (standing, values) in AuthorityExamples.Standings)
        {
            var note = AuthorityWriting.Write(standing);
            Assert.Equal((69, values), (note.Action, AuthorityExamples.Show(note)));
        }
    }

    [Fact]
    public void Every_kind_of_message_is_among_the_examples()
    {
        var kinds = typeof(AuthorityMessage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AuthorityMessage)) && !type.IsAbstract);

        Assert.Equal(
            kinds.Where(kind => kind != typeof(WorkerRequest.Command)).Select(kind => kind.FullName).Order(),
            AuthorityExamples.Golden.Select(example => example.Message.GetType().FullName).Distinct().Order());
    }

    [Fact]
    public void A_command_travels_as_itself() =>
        Assert.Throws<ArgumentException>(() => AuthorityWriting.Write(new WorkerRequest.Command(default, default, 1, 1, "t")));

    [Fact]
    public void What_is_left_is_rounded_up_and_never_outside_of_what_a_lease_can_be()
    {
        var report = new VoterReport(1, true, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(-3), null, 0);

        var note = AuthorityWriting.Write(new VoterStanding("a:1", "r", AuthorityExamples.Voters.Id, "n", 2, 0, report));
        var longest = AuthorityWriting.Write(new VoterStanding("a:1", "r", AuthorityExamples.Voters.Id, "n", 2, 0, report with { Silent = TimeSpan.MaxValue }));

        Assert.Equal(("1", "0", "300000"), (note.Find("silent"), note.Find("lease"), longest.Find("silent")));
    }

    [Property(MaxTest = 1000)]
    public void Whatever_is_written_is_read_again(int seed)
    {
        var message = AuthorityExamples.Any(new Random(seed));

        var read = AuthorityReading.Read(OverTheWire(AuthorityWriting.Write(message)), out var reason);

        Assert.Null(reason);
        Assert.Equal(AuthorityExamples.Show(message), AuthorityExamples.Show(read));
    }

    [Property(MaxTest = 300)]
    public void Whatever_a_node_tells_of_itself_is_read_again(int seed)
    {
        var standing = AuthorityExamples.AnyStanding(new Random(seed));

        var read = AuthorityReading.ReadStanding(OverTheWire(AuthorityWriting.Write(standing)), out var reason);

        Assert.Null(reason);
        Assert.Equal(standing, read);
    }

    private static AuthorityNote OverTheWire(AuthorityNote note)
    {
        var buffer = new ArrayBufferWriter<byte>();
        MessageWriter.Write(buffer, note);
        Assert.True(MessageReader.TryRead(buffer.WrittenSpan, out var message, out var refusal), refusal?.Msg);
        return Assert.IsType<AuthorityNote>(message);
    }
}
