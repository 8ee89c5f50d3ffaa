using System.Text;
using System.Text.Json;
using ClusterActors.Store.Files;

namespace ClusterActors.Store.Tests.Files;

public sealed class SealedJsonSpecs : IDisposable
{
    private sealed record Kept(long Number, string Text, bool Flag, string? Maybe, string List);

    private static readonly Kept Example = new(7, "seven", true, null, "1,2");

    private readonly TemporaryFiles _files = new();
    private readonly DurableFile _file;

    public SealedJsonSpecs() => _file = new DurableFile(Path.Combine(_files.Root, "kept.json"), 1000);

    public void Dispose() => _files.Dispose();

    private static byte[] Write(Kept kept) => SealedJson.Write(json =>
    {
        json.WriteNumber("number", kept.Number);
        json.WriteString("text", kept.Text);
        json.WriteBoolean("flag", kept.Flag);
        json.WriteString("maybe", kept.Maybe);
        json.WriteStartArray("list");
        foreach (var one in kept.List.Split(','))
            json.WriteStringValue(one);
        json.WriteEndArray();
    });

    private static Kept Read(JsonElement root) => new(
        root.Whole("number", 0, 10),
        root.Text("text"),
        root.Flag("flag"),
        root.OrNull("maybe")?.GetString(),
        string.Join(',', root.List("list").Select(one => one.GetString())));

    private Stored<Kept> Load() => SealedJson.Load(_file, Read, Write);

    private string Damage(string text)
    {
        _file.Write(Encoding.UTF8.GetBytes(text));
        return Assert.IsType<Stored<Kept>.Damaged>(Load()).Reason;
    }

    [Fact]
    public void What_is_written_is_found()
    {
        Assert.IsType<Stored<Kept>.Missing>(Load());

        _file.Write(Write(Example));

        Assert.Equal(new Stored<Kept>.Found(Example), Load());
    }

    [Fact]
    public void A_flipped_bit_and_a_cut_anywhere_are_seen()
    {
        var whole = Write(Example);
        for (var at = 0; at < whole.Length; at++)
        {
            File.WriteAllBytes(_file.FilePath, whole[..at]);
            Assert.IsType<Stored<Kept>.Damaged>(Load());
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(_file.FilePath, flipped);
            Assert.IsType<Stored<Kept>.Damaged>(Load());
        }
    }

    [Theory]
    [InlineData("\"number\": 7", "\"number\": 11", "number must be a whole number from 0 to 10")]
    [InlineData("\"text\": \"seven\"", "\"text\": 7", "text must be a String")]
    [InlineData("\"flag\": true", "\"flag\": 1", "flag must be true or false")]
    [InlineData("\"maybe\": null,", "", "maybe is missing")]
    [InlineData("\"list\": [", "\"list\": 1, \"other\": [", "list must be a Array")]
    [InlineData("\"text\": \"seven\"", "\"text\": \"eight\"", "its sha256 does not belong to what it says: it was changed, or the disk has damaged it")]
    [InlineData("\"format\": 1", "\"format\": 2", "its format is 2, which this version does not know; it knows 1")]
    public void What_is_wrong_is_named(string good, string bad, string reason)
    {
        var text = Encoding.UTF8.GetString(Write(Example));
        Assert.Contains(good, text, StringComparison.Ordinal);

        Assert.Equal(reason, Damage(text.Replace(good, bad, StringComparison.Ordinal)));
    }
}
