using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A client whose requests go into a history. A request whose connection ends is one of which nobody knows.</summary>
/// <param name="client">The connection.</param>
/// <param name="name">Its name in the history; no two are the same.</param>
/// <param name="history">Takes the requests.</param>
public sealed class RecordedClient(DataClient client, string name, History history)
{
    private long _labels;

    public string Name { get; } = name;

    /// <summary>Whether the connection has ended.</summary>
    public bool IsOver => client.IsOver;

    /// <summary>Writes a value that nobody else writes.</summary>
    public Task<Deed> PutAsync(string key, int length, EntryCondition condition = default, long? count = null)
    {
        var label = LabelledValue.Label(Name, Interlocked.Increment(ref _labels), length, count);
        var deed = history.Begin(Name, DataOperation.Put, key) with { Writes = label, Condition = condition };
        return RecordAsync(deed, client.PutAsync(key, LabelledValue.Of(label), condition));
    }

    public Task<Deed> GetAsync(string key) => RecordAsync(history.Begin(Name, DataOperation.Get, key), client.GetAsync(key));

    public Task<Deed> RemoveAsync(string key, EntryCondition condition = default) =>
        RecordAsync(history.Begin(Name, DataOperation.Remove, key) with { Condition = condition }, client.RemoveAsync(key, condition));

    private async Task<Deed> RecordAsync(Deed deed, Task<DataReply> answer)
    {
        DataReply reply;
        try
        {
            reply = await answer;
        }
        catch (IOException)
        {
            return history.Add(deed);
        }

        return history.Add(deed, reply);
    }
}
