using System.Text;
using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

public sealed class ViolationSpecs(ManagerFixture manager) : IClassFixture<ManagerFixture>
{
    public static TheoryData<string, string, int> Violations => new()
    {
        { "RSV1 set", "C1 00", 1002 },
        { "RSV2 set", "A1 00", 1002 },
        { "RSV3 set", "91 00", 1002 },
        { "reserved data opcode 3", "83 00", 1002 },
        { "reserved control opcode 11", "8B 00", 1002 },
        { "fragmented ping", "09 00", 1002 },
        { "control payload over 125 bytes, in its 16-bit length", "89 7E 00 7E", 1002 },
        { "16-bit length where 7 bits are enough", "81 7E 00 7D", 1002 },
        { "64-bit length where 16 bits are enough", "81 7F 00 00 00 00 00 00 FF FF", 1002 },
        { "negative 64-bit length", "81 7F 80 00 00 00 00 00 00 00", 1002 },
        { "continuation of nothing", "80 01 61", 1002 },
        { "a new message inside a fragmented one", "01 01 61 81 01 61", 1002 },
        { "close payload of one byte", "88 01 03", 1002 },
        { "close code that must not be sent (1005)", "88 02 03 ED", 1002 },
        { "close code below 1000", "88 02 03 E7", 1002 },
        { "text that is not UTF-8", "81 02 C3 28", 1007 },
        { "close reason that is not UTF-8", "88 03 03 E8 FF", 1007 },
        { "text cut inside a character, in fragments", "01 01 C3 80 00", 1007 },
        { "message over 1028 KiB, told by its header alone", "81 7F 00 00 00 00 00 10 10 01", 1009 },
        { "largest length there is", "82 7F 7F FF FF FF FF FF FF FF", 1009 },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_is_answered_with_its_code(string what, string bytes, int code)
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        var close = await peer.ReadCloseAsync();
        Assert.True(close.CloseCode == code, $"{what}: {close.CloseCode} {close.CloseReason}");
        Assert.NotEmpty(close.CloseReason);
    }

    [Fact]
    public async Task Answers_that_are_owed_go_out_before_the_close()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync(Wire.Text("action=1&seq=1"), Wire.Text("action=9&seq=2"), Wire.Text("action=9&seq=3"), [0xC1, 0x00], Wire.Text("action=1"));

        Assert.Equal("action=1000&seq=1", await peer.ReadTextAsync());
        Assert.Equal("2", new Parameters(await peer.ReadTextAsync())["seq"]);
        Assert.Equal("3", new Parameters(await peer.ReadTextAsync())["seq"]);
        Assert.Equal(1002, (await peer.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task Fragments_that_are_too_much_together_are_too_big()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);
        var half = new byte[600 * 1024];

        await peer.SendAsync(Wire.Frame(Wire.BinaryOpcode, half, fin: false), Wire.Frame(0, half)[..10]);

        Assert.Equal(1009, (await peer.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task The_largest_message_there_may_be_is_taken()
    {
        using var peer = await FramePeer.OpenAsync(manager.Port);
        var filler = new string('x', (1028 * 1024) - "action=1&filler=".Length);

        await peer.SendAsync(Wire.Frame(Wire.TextOpcode, Encoding.ASCII.GetBytes($"action=1&filler={filler}")));

        Assert.Equal("action=1000", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task Other_links_hear_nothing_of_a_violation()
    {
        using var other = await FramePeer.OpenAsync(manager.Port);
        using var peer = await FramePeer.OpenAsync(manager.Port);

        await peer.SendAsync([0xC1, 0x00]);
        await peer.ReadCloseAsync();

        Assert.Equal("1000", (await other.AskAsync("action=9"))["action"]);
    }
}
