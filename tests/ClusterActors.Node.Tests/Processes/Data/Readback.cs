namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>Another client that reads everything back which was ever asked for.</summary>
public static class Readback
{
    private const int Page = 500;

    /// <summary>Reads every key of the history and every key of the store, and fails with all that is wrong in the whole history.</summary>
    /// <param name="port">A business port; nobody writes meanwhile.</param>
    /// <param name="history">Takes what is read.</param>
    /// <param name="name">Of the client in the history.</param>
    /// <param name="context">How to repeat what is wrong: the seed.</param>
    public static async Task AssertAsync(int port, History history, string name, string context)
    {
        await using var client = await DataClient.ConnectAsync(port);
        var listed = await ListAsync(client);
        var reader = new RecordedClient(client, name, history);
        var read = await Task.WhenAll(history.Deeds.Select(deed => deed.Key).Union(listed).Distinct().Select(reader.GetAsync));

        List<string> faults = [.. HistoryCheck.Run(history.Deeds)];
        faults.AddRange(read.Where(deed => deed.End is not (DeedEnd.Done or DeedEnd.Missing)).Select(deed => $"not read: {deed}"));
        faults.AddRange(read.Where(deed => deed.End == DeedEnd.Done).Select(deed => deed.Key).Except(listed).Select(key => $"{key} is there and is not listed"));
        faults.AddRange(listed.Except(read.Where(deed => deed.End == DeedEnd.Done).Select(deed => deed.Key)).Select(key => $"{key} is listed and is not there"));
        Assert.True(faults.Count == 0, $"{context}: {faults.Count} faults in {history.Deeds.Count} requests\n{string.Join('\n', faults.Take(10))}");
    }

    private static async Task<List<string>> ListAsync(DataClient client)
    {
        var keys = new List<string>();
        while (true)
        {
            var page = await client.ListAsync("", keys.LastOrDefault() ?? "", Page);
            Assert.True(page.IsOk, page.Msg);
            keys.AddRange(page.Keys);
            if (!page.More)
                return keys;
        }
    }
}
