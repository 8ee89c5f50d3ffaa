using System.Buffers;
using System.Globalization;

namespace ClusterActors.Protocol.Messages;

/// <summary>Writes <c>name=value&amp;name=value</c> (PROTOCOL.md section 3). Names are plain; values are encoded where they must be.</summary>
/// <param name="writer">Where to.</param>
public ref struct ParameterWriter(IBufferWriter<byte> writer)
{
    private readonly IBufferWriter<byte> _writer = writer;
    private bool _begun;

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        Begin(name);
        PercentCoding.Encode(_writer, value);
    }

    /// <summary>Adds a text that is UTF-8 already.</summary>
    public void AddUtf8(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Begin(name);
        PercentCoding.Encode(_writer, value);
    }

    /// <summary>Adds a name whose value the caller writes, encoded, behind it.</summary>
    internal void AddName(ReadOnlySpan<byte> name) => Begin(name);

    /// <summary>Adds a whole number.</summary>
    public void Add(ReadOnlySpan<byte> name, long value)
    {
        Begin(name);
        _writer.WriteNumber(value);
    }

    /// <summary>Adds a number with exactly two decimals.</summary>
    public void AddDecimal(ReadOnlySpan<byte> name, double value)
    {
        Begin(name);
        var span = _writer.GetSpan(32);
        _ = value.TryFormat(span, out var written, "0.00", CultureInfo.InvariantCulture);
        _writer.Advance(written);
    }

    /// <summary>Adds a comma-separated list of whole numbers.</summary>
    public void AddList(ReadOnlySpan<byte> name, IReadOnlyList<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Begin(name);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                _writer.Write(","u8);
            _writer.WriteNumber(values[i]);
        }
    }

    /// <summary>Adds a comma-separated list of words that hold no comma.</summary>
    public void AddList(ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Begin(name);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                _writer.Write(","u8);
            PercentCoding.Encode(_writer, values[i]);
        }
    }

    private void Begin(ReadOnlySpan<byte> name)
    {
        if (_begun)
            _writer.Write("&"u8);
        _begun = true;
        _writer.Write(name);
        _writer.Write("="u8);
    }
}
