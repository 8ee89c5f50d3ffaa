namespace ClusterActors.Protocol.Data;

/// <summary>The parameters of a request of which something is known, as they came.</summary>
internal ref struct DataParameters
{
    public OptionalBytes Op;
    public OptionalBytes Seq;
    public OptionalBytes Key;
    public OptionalBytes Value;
    public OptionalBytes If;
    public OptionalBytes Expires;
    public OptionalBytes Prefix;
    public OptionalBytes After;
    public OptionalBytes Limit;

    /// <summary>Takes one parameter; an unknown one is ignored.</summary>
    public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("op"u8):
                Op = new OptionalBytes(value);
                break;
            case 2 when name.SequenceEqual("if"u8):
                If = new OptionalBytes(value);
                break;
            case 3 when name.SequenceEqual("key"u8):
                Key = new OptionalBytes(value);
                break;
            case 3 when name.SequenceEqual("seq"u8):
                Seq = new OptionalBytes(value);
                break;
            case 5 when name.SequenceEqual("value"u8):
                Value = new OptionalBytes(value);
                break;
            case 5 when name.SequenceEqual("limit"u8):
                Limit = new OptionalBytes(value);
                break;
            case 5 when name.SequenceEqual("after"u8):
                After = new OptionalBytes(value);
                break;
            case 6 when name.SequenceEqual("prefix"u8):
                Prefix = new OptionalBytes(value);
                break;
            case 7 when name.SequenceEqual("expires"u8):
                Expires = new OptionalBytes(value);
                break;
        }
    }
}
