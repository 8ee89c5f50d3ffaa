namespace ClusterActors.Protocol.Messages;

/// <summary>Takes the parameters of a report one by one, whatever they are then written as.</summary>
internal interface IReportSink
{
    public void Number(ReadOnlySpan<byte> name, long value);

    public void Percent(ReadOnlySpan<byte> name, double value);

    public void Text(ReadOnlySpan<byte> name, string value);

    public void Numbers(ReadOnlySpan<byte> name, IReadOnlyList<int> values);

    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> values);
}
