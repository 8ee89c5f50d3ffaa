using System.Buffers.Binary;
using System.Globalization;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>The log of a server that is not running, as files that can be harmed.</summary>
public sealed class StoredLog
{
    private const int HeaderBytes = 64;
    private const int MarkBytes = 32;
    private const int DigitsOfName = 20;

    private StoredLog(IReadOnlyList<Segment> segments) => Segments = segments;

    /// <summary>A file of the log.</summary>
    /// <param name="FilePath">Where.</param>
    /// <param name="First">Sequence of its first record.</param>
    public sealed record Segment(string FilePath, long First)
    {
        /// <summary>Where records and marks begin and how long they are; a mark has 32 bytes.</summary>
        public IReadOnlyList<(int Offset, int Length)> Items()
        {
            var bytes = File.ReadAllBytes(FilePath);
            var items = new List<(int, int)>();
            for (var offset = HeaderBytes; offset + sizeof(int) <= bytes.Length;)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
                if (length == 0)
                    break;
                items.Add((offset, length));
                offset += length;
            }

            return items;
        }

        /// <summary>The records alone.</summary>
        public IReadOnlyList<(int Offset, int Length)> Records() => [.. Items().Where(item => item.Length != MarkBytes)];

        /// <summary>Where nothing is written yet.</summary>
        public int End() => Items()[^1].Offset + Items()[^1].Length;

        /// <summary>Writes over what is there.</summary>
        public void Write(int offset, ReadOnlySpan<byte> bytes)
        {
            using var file = File.OpenHandle(FilePath, FileMode.Open, FileAccess.Write);
            RandomAccess.Write(file, bytes, offset);
        }

        /// <summary>Turns one bit of a byte around.</summary>
        public void Flip(int offset) => Harm.Flip(FilePath, offset);
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    public Segment Newest => Segments[^1];

    /// <summary>The log below a data directory.</summary>
    public static StoredLog In(string dataDirectory) => new([.. Directory
        .EnumerateFiles(DataServer.OriginIn(dataDirectory), "*.log", SearchOption.AllDirectories)
        .Where(path => Path.GetFileNameWithoutExtension(path) is { Length: DigitsOfName } name && name.All(char.IsAsciiDigit))
        .Order(StringComparer.Ordinal)
        .Select(path => new Segment(path, long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture)))]);
}
