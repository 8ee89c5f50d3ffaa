namespace ClusterActors.Protocol.Messages;

/// <summary>Takes the parameters of a report one by one, whatever they are then written as.</summary>
internal interface IReportSink
{
    void Number(ReadOnlySpan<byte> name, long value);

    void Percent(ReadOnlySpan<byte> name, double value);

    void Text(ReadOnlySpan<byte> name, string value);

    void Numbers(ReadOnlySpan<byte> name, IReadOnlyList<int> values);

    void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> values);
}
