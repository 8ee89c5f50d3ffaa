using System.Security.Cryptography;
using System.Text.Json;
using ClusterActors.Store.Files;
using ClusterActors.Store.Log;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// What an owner keeps about itself beside its log, in <c>origin.json</c>: the store's random id, so that a wiped disk is not taken for the
/// old one, and the newest term it has begun (backup design, rule 1). Every method blocks on the disk.
/// </summary>
/// <param name="StoreId">The store's id.</param>
/// <param name="Term">The newest term.</param>
internal sealed record OriginTerm(string StoreId, LogTerm Term)
{
    private const string Name = "origin.json";
    private const int MaxBytes = 4096;

    /// <summary>The file of an origin.</summary>
    public static DurableFile FileIn(string directory) => new(Path.Combine(directory, Name), MaxBytes);

    /// <summary>A store that has never been started.</summary>
    public static OriginTerm New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), default);

    /// <summary>Reads the file.</summary>
    public static Stored<OriginTerm> Load(DurableFile file) => SealedJson.Load(file, Read, term => term.Write());

    /// <summary>The next start of the same owner.</summary>
    public OriginTerm Next() => this with { Term = Term with { Start = Term.Start + 1 } };

    /// <summary>Writes the file, and returns when it is on the disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Save(DurableFile file) => file.Write(Write());

    private static OriginTerm Read(JsonElement root)
    {
        var id = root.Text("store");
        return new OriginTerm(id, new LogTerm(root.Whole("ownership", 0, long.MaxValue), root.Whole("start", 0, long.MaxValue)));
    }

    private byte[] Write() => SealedJson.Write(json =>
    {
        json.WriteString("store", StoreId);
        json.WriteNumber("ownership", Term.Ownership);
        json.WriteNumber("start", Term.Start);
    });
}
