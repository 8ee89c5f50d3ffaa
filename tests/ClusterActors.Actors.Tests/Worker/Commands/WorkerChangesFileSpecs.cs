using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;

namespace ClusterActors.Actors.Tests.Worker.Commands;

public sealed class WorkerChangesFileSpecs : IDisposable
{
    private static readonly WorkerLimits Limits = new(8, 4, 3);

    private readonly TemporaryFiles _files = new();
    private readonly WorkerChangesFile _file;

    public WorkerChangesFileSpecs() => _file = new WorkerChangesFile(_files.Root, "worker:1");

    public void Dispose() => _files.Dispose();

    private WorkerChanges Load() => _file.Load(Limits, 9292);

    [Fact]
    public void Without_a_file_nothing_is_changed_and_nothing_is_created()
    {
        Assert.Equal(WorkerChanges.None, Load());
        Assert.Empty(Directory.GetFileSystemEntries(_files.Root));
    }

    [Fact]
    public void What_is_saved_is_loaded_and_nothing_else_is_left()
    {
        _file.Save(new WorkerChanges(3));
        _file.Save(new WorkerChanges(4, 2));

        Assert.Equal(new WorkerChanges(4, 2), Load());
        Assert.Equal([Path.Combine(_files.Root, "worker%3A1", "worker-changes.json")], Directory.GetFiles(_files.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_write_that_was_cut_off_by_a_crash_leaves_the_old_file()
    {
        _file.Save(new WorkerChanges(3));
        File.WriteAllText(_file.FilePath + ".tmp", "{ \"thr");

        Assert.Equal(new WorkerChanges(3), Load());
        _file.Save(new WorkerChanges(4));
        Assert.Equal(new WorkerChanges(4), Load());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"threads\": 4")]
    [InlineData("{ \"threads\": 99 }")]
    [InlineData("{ \"colour\": 1 }")]
    public void A_file_that_is_not_valid_is_refused_with_what_to_do(string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FilePath)!);
        File.WriteAllText(_file.FilePath, json);

        var message = Assert.Throws<StartupException>(Load).Message;

        Assert.StartsWith(_file.FilePath, message, StringComparison.Ordinal);
        Assert.EndsWith("Correct the file, or delete it to go back to the configuration.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_far_too_long_is_not_read()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FilePath)!);
        File.WriteAllText(_file.FilePath, new string(' ', 70_000));

        Assert.Contains("it has 70000 bytes; allowed are 65536", Assert.Throws<StartupException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_that_name_cannot_be_read()
    {
        Directory.CreateDirectory(_file.FilePath);

        Assert.Contains("it cannot be read", Assert.Throws<StartupException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_directory_that_is_a_file_cannot_be_written_to()
    {
        var file = new WorkerChangesFile(_files.Write("data", "x"), "w");

        Assert.ThrowsAny<IOException>(() => file.Save(new WorkerChanges(4)));
    }
}
