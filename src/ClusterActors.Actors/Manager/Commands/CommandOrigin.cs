using System.Text;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>Says to a worker who orders a command: parameter <c>by</c> of PROTOCOL.md section 4.4.</summary>
internal static class CommandOrigin
{
    /// <summary><c>alice@ops-1 (10.0.0.7)</c>, within <see cref="CommandRequest.MaxNameBytes"/>; what is too much is cut from the first part.</summary>
    /// <param name="by">In his own words.</param>
    /// <param name="from">His address without a port, so that a repeated command is the same one.</param>
    public static string Of(string by, string from)
    {
        var place = $" ({from})";
        var room = CommandRequest.MaxNameBytes - Encoding.UTF8.GetByteCount(place);
        if (Encoding.UTF8.GetByteCount(by) <= room)
            return by + place;
        var cut = 0;
        foreach (var rune in by.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
                break;
            cut += rune.Utf16SequenceLength;
        }

        return by[..cut] + place;
    }
}
