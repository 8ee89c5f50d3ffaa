using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>The headers an upgrade is judged by (RFC 6455 section 4.2.1); all others are ignored.</summary>
internal sealed class UpgradeHeaders
{
    public string? Host { get; private set; }

    public string? Key { get; private set; }

    public string? Version { get; private set; }

    public string? Origin { get; private set; }

    public bool UpgradesToWebSocket { get; private set; }

    public bool ConnectionUpgrades { get; private set; }

    public bool HasBody { get; private set; }

    /// <summary>Says so when a header that must come once came twice.</summary>
    public string? Duplicate { get; private set; }

    public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "Host"u8))
            Host = Once("Host", Host, value);
        else if (Ascii.EqualsIgnoreCase(name, "Sec-WebSocket-Key"u8))
            Key = Once("Sec-WebSocket-Key", Key, value);
        else if (Ascii.EqualsIgnoreCase(name, "Sec-WebSocket-Version"u8))
            Version = Once("Sec-WebSocket-Version", Version, value);
        else if (Ascii.EqualsIgnoreCase(name, "Origin"u8))
            Origin = Once("Origin", Origin, value);
        else if (Ascii.EqualsIgnoreCase(name, "Upgrade"u8))
            UpgradesToWebSocket |= HttpHeadReader.ListHolds(value, "websocket"u8);
        else if (Ascii.EqualsIgnoreCase(name, "Connection"u8))
            ConnectionUpgrades |= HttpHeadReader.ListHolds(value, "upgrade"u8);
        else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
            HasBody = true;
        else if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            HasBody |= !value.SequenceEqual("0"u8);
    }

    private string Once(string name, string? earlier, ReadOnlySpan<byte> value)
    {
        if (earlier is not null)
            Duplicate = $"The header {name} comes twice; it must come once.";
        return Encoding.UTF8.GetString(value);
    }
}
