using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

/// <summary>A file of a <see cref="SimulatedDisk"/>.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, int bytes) : ILogFile
{
    private const int Sector = 512;

    // Its size is synced with its name.
    private byte[] _durable = new byte[bytes];

    public byte[] Content { get; private set; } = new byte[bytes];

    public long Length => Content.Length;

    public int Read(Span<byte> bytes, long offset)
    {
        var read = Content.AsSpan((int)Math.Min(offset, Content.Length));
        read = read[..Math.Min(read.Length, bytes.Length)];
        read.CopyTo(bytes);
        return read.Length;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.Step("write");
        bytes.CopyTo(Content.AsSpan((int)offset));
    }

    public void Sync()
    {
        disk.Step("sync");
        _durable = (byte[])Content.Clone();
    }

    public void LosePower(Random random)
    {
        // Some crashes keep almost everything, some almost nothing.
        var kept = random.NextDouble();
        for (var at = 0; at < Content.Length; at += Sector)
        {
            var length = Math.Min(Sector, Content.Length - at);
            if (random.NextDouble() >= kept)
                _durable.AsSpan(at, length).CopyTo(Content.AsSpan(at));
        }

        _durable = (byte[])Content.Clone();
    }

    public SimulatedFile CopyTo(SimulatedDisk other) =>
        new(other, 0) { Content = (byte[])Content.Clone(), _durable = (byte[])Content.Clone() };

    public void Dispose()
    {
    }
}
