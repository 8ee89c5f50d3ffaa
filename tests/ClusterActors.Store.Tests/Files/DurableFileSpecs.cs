using ClusterActors.Store.Files;

namespace ClusterActors.Store.Tests.Files;

public sealed class DurableFileSpecs : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly DurableFile _file;

    public DurableFileSpecs() => _file = new DurableFile(Path.Combine(_files.Root, "a", "b", "node", "x.json"), 10);

    public void Dispose() => _files.Dispose();

    private string Directory => Path.GetDirectoryName(_file.FilePath)!;

    [Fact]
    public void Without_a_file_there_is_nothing_to_read_and_nothing_is_created()
    {
        _file.Settle();

        Assert.Null(_file.Read());
        Assert.Empty(System.IO.Directory.GetFileSystemEntries(_files.Root));
    }

    [Fact]
    public void What_is_written_last_is_read_and_nothing_else_is_left()
    {
        _file.Write("first"u8);
        _file.Write("2nd"u8);
        _file.Settle();

        Assert.Equal("2nd"u8.ToArray(), _file.Read());
        Assert.Equal([_file.FilePath], System.IO.Directory.GetFileSystemEntries(Directory));
    }

    [Fact]
    public void What_a_crash_left_half_written_does_no_harm()
    {
        _file.Write("old"u8);
        File.WriteAllText(_file.FilePath + ".tmp", "newer and longer than what comes");

        Assert.Equal("old"u8.ToArray(), _file.Read());
        _file.Write("new"u8);
        Assert.Equal("new"u8.ToArray(), _file.Read());
        Assert.Equal([_file.FilePath], System.IO.Directory.GetFileSystemEntries(Directory));
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read()
    {
        _file.Write("0123456789"u8);
        Assert.Equal(10, _file.Read()!.Length);

        _file.Write("0123456789x"u8);
        Assert.Equal("it has 11 bytes; allowed are 10", Assert.Throws<InvalidDataException>(_file.Read).Message);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_file_as_it_was()
    {
        _file.Write("old"u8);
        System.IO.Directory.CreateDirectory(_file.FilePath + ".tmp");

        Assert.ThrowsAny<Exception>(() => _file.Write("new"u8));
        Assert.Equal("old"u8.ToArray(), _file.Read());
    }

    [Fact]
    public void Where_a_file_stands_in_the_place_of_the_directory_nothing_can_be_written()
    {
        _files.Write("a", "no directory");

        Assert.ThrowsAny<IOException>(() => _file.Write("new"u8));
    }

    [Fact]
    public void What_is_set_aside_is_kept_under_the_first_free_number()
    {
        _file.Write("one"u8);
        var first = _file.SetAside();
        _file.Write("two"u8);
        var second = _file.SetAside();

        Assert.Null(_file.Read());
        Assert.Equal((_file.FilePath + ".damaged-1", _file.FilePath + ".damaged-2"), (first, second));
        Assert.Equal(("one", "two"), (File.ReadAllText(first), File.ReadAllText(second)));
        Assert.ThrowsAny<IOException>(_file.SetAside);
    }
}
