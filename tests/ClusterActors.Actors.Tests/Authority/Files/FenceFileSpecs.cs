using System.Text;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Authority.Files;

public sealed class FenceFileSpecs : IDisposable
{
    private static readonly Fence Fence = new(12, new ManagerRun("m-1:9292", "run-1"));

    private readonly TemporaryFiles _files = new();
    private readonly FenceFile _file;

    public FenceFileSpecs() => _file = new FenceFile(_files.Root, "w:1");

    public void Dispose() => _files.Dispose();

    private void Put(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FilePath)!);
        File.WriteAllBytes(_file.FilePath, bytes);
    }

    [Fact]
    public void It_is_in_the_directory_of_its_node() => Assert.Equal(Path.Combine(_files.Root, "w%3A1", "fence.json"), _file.FilePath);

    [Fact]
    public void Without_a_file_it_is_missing() => Assert.IsType<Stored<Fence>.Missing>(_file.Load());

    [Property(MaxTest = 100)]
    public void Whatever_is_saved_is_found(int seed)
    {
        var fence = BallotExamples.AnyFence(new Random(seed));

        _file.Save(fence);

        Assert.Equal(fence, Assert.IsType<Stored<Fence>.Found>(_file.Load()).Value);
    }

    [Fact]
    public void A_flipped_bit_in_any_byte_and_every_cut_is_seen()
    {
        var whole = FenceJson.Write(Fence);
        for (var at = 0; at < whole.Length; at++)
        {
            Put(whole[..at]);
            Assert.True(_file.Load() is Stored<Fence>.Damaged { IsUnreadable: false }, $"cut at {at}");
            for (var bit = at % 4; bit < 8; bit += 4) // each look waits for the disk
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] ^= (byte)(1 << bit);
                Put(bytes);
                Assert.True(_file.Load() is Stored<Fence>.Damaged { IsUnreadable: false }, $"bit {bit} of byte {at} of {Encoding.Latin1.GetString(bytes)}");
            }
        }
    }

    [Fact]
    public void A_ballot_is_no_fence()
    {
        Put(BallotJson.Write(BallotExamples.Ballot));

        Assert.Equal("epoch is missing", Assert.IsType<Stored<Fence>.Damaged>(_file.Load()).Reason);
    }

    [Fact]
    public void A_write_that_a_crash_cut_off_does_no_harm()
    {
        _file.Save(Fence);
        File.WriteAllText(_file.FilePath + ".tmp", "{ \"form");

        Assert.Equal(new Stored<Fence>.Found(Fence), _file.Load());
        _file.Save(Fence with { Epoch = 13 });
        Assert.Equal(new Stored<Fence>.Found(Fence with { Epoch = 13 }), _file.Load());
    }

    [Fact]
    public void A_file_that_is_far_too_long_is_damage()
    {
        Put(new byte[20_000]);

        Assert.Equal(new Stored<Fence>.Damaged("it has 20000 bytes; allowed are 16384", false), _file.Load());
    }
}
