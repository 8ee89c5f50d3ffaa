using System.Text.Json;

namespace ClusterActors.Protocol.Messages;

/// <summary>A <see cref="VoterView"/> as an element of <c>voters</c> (PROTOCOL.md section 4.3).</summary>
internal static class VoterViewJson
{
    public static void Write(Utf8JsonWriter json, VoterView voter)
    {
        json.WriteString("address"u8, voter.Address);
        if (voter.Node is { } node)
            json.WriteString("node"u8, node);
        json.WriteBoolean("linked"u8, voter.Linked);
        WriteNumber(json, "seen"u8, voter.Seen);
        WriteNumber(json, "promised"u8, voter.Promised);
        if (voter.Admitted is { } admitted)
            json.WriteBoolean("admitted"u8, admitted);
        WriteNumber(json, "silent"u8, voter.Silent);
        WriteNumber(json, "lease"u8, voter.Lease);
        if (voter.Holder is { } holder)
            json.WriteString("holder"u8, holder);
        WriteNumber(json, "epoch"u8, voter.Epoch);
    }

    public static VoterView? Read(JsonObjectReader members)
    {
        var voter = new VoterView(members.Text("address"))
        {
            Node = members.TextIfAny("node"),
            Linked = members.FlagIfAny("linked") ?? false,
            Seen = members.WholeIfAny("seen", long.MaxValue),
            Promised = members.WholeIfAny("promised", long.MaxValue),
            Admitted = members.FlagIfAny("admitted"),
            Silent = members.WholeIfAny("silent", long.MaxValue),
            Lease = members.WholeIfAny("lease", long.MaxValue),
            Holder = members.TextIfAny("holder"),
            Epoch = members.WholeIfAny("epoch", long.MaxValue),
        };
        if (!ClusterAddress.IsValid(voter.Address))
            members.Refuse($"address {Wording.Quote(voter.Address)} must be {ClusterAddress.Form}");
        if (voter.Holder is { } holder && !ClusterAddress.IsValid(holder))
            members.Refuse($"holder {Wording.Quote(holder)} must be {ClusterAddress.Form}");
        if (voter.Node is { } node && !CommandRequest.IsName(node))
            members.Refuse($"node {Wording.Quote(node)} must be 1-{CommandRequest.MaxNameBytes} bytes of UTF-8 without control characters");
        return members.Reason is null ? voter : null;
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
    }
}
