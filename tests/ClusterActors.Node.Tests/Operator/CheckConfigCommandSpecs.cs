namespace ClusterActors.Node.Tests.Operator;

public sealed class CheckConfigCommandSpecs : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_good_file_is_described_with_what_lies_over_it()
    {
        await File.WriteAllTextAsync(_file, "clusterActors { node = alpha, port = [7001] }");
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("check-config", _file, "--set", "clustersPort=7002"));

        Assert.StartsWith("Node alpha will be ", console.Lines[0], StringComparison.Ordinal);
        Assert.Contains("port 7001", console.Output, StringComparison.Ordinal);
        Assert.Contains("port 7002", console.Output, StringComparison.Ordinal);
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task Every_mistake_is_a_sentence_that_names_file_key_and_value()
    {
        await File.WriteAllTextAsync(_file, "clusterActors {\n  clustersRole = 4\n}");
        var console = new CapturedConsole();

        Assert.Equal(2, await console.RunAsync("check-config", _file, "--set", "worker.threads=many"));

        Assert.Empty(console.Output);
        var sentences = console.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, sentences.Length);
        Assert.Contains(sentences, sentence => sentence.StartsWith(_file, StringComparison.Ordinal) && sentence.Contains("clustersRole = 4", StringComparison.Ordinal));
        Assert.Contains(sentences, sentence => sentence.Contains("worker.threads = many", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_sentence()
    {
        var console = new CapturedConsole();

        Assert.Equal(2, await console.RunAsync("check-config", _file + ".hocon"));

        Assert.Contains(_file + ".hocon", console.Errors, StringComparison.Ordinal);
    }
}
