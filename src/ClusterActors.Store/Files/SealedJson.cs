using System.Security.Cryptography;
using System.Text.Json;

namespace ClusterActors.Store.Files;

/// <summary>
/// The form of a small file that must not be believed when it is damaged: one JSON object with <c>format</c>, what is kept, and last the <c>sha256</c> of the
/// same object with an empty <c>sha256</c>. A file is whole when it is, to the byte, what would be written for what it says.
/// </summary>
public static class SealedJson
{
    private const int Format = 1;
    private const string FormatName = "format";
    private const string SealName = "sha256";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Gives the bytes of a file.</summary>
    /// <param name="writeMembers">Writes what is kept, as members of the object.</param>
    public static byte[] Write(Action<Utf8JsonWriter> writeMembers)
    {
        ArgumentNullException.ThrowIfNull(writeMembers);
        return Write(writeMembers, Convert.ToHexStringLower(SHA256.HashData(Write(writeMembers, ""))));
    }

    /// <summary>Looks what is in a file, strictly.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">Reads what is kept; fails with <see cref="FormatException"/>.</param>
    /// <param name="write">Writes the whole file again.</param>
    public static Stored<T> Load<T>(DurableFile file, Func<JsonElement, T> read, Func<T, byte[]> write)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            file.Settle();
            if (file.Read() is not { } bytes)
                return new Stored<T>.Missing();
            using var document = JsonDocument.Parse(bytes);
            CheckFormat(document.RootElement);
            var value = read(document.RootElement);
            return write(value).AsSpan().SequenceEqual(bytes)
                ? new Stored<T>.Found(value)
                : new Stored<T>.Damaged($"its {SealName} does not belong to what it says: it was changed, or the disk has damaged it", false);
        }
        catch (JsonException mistake)
        {
            return new Stored<T>.Damaged($"it is no JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}", false);
        }
        catch (Exception mistake) when (mistake is FormatException or InvalidDataException)
        {
            return new Stored<T>.Damaged(mistake.Message, false);
        }
        catch (InvalidOperationException)
        {
            // How the reader of JSON says that a text is not UTF-8.
            return new Stored<T>.Damaged("it holds a text that is not UTF-8", false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Stored<T>.Damaged($"it cannot be read: {failure.Message}", true);
        }
    }

    private static void CheckFormat(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("it is no JSON object");
        var format = root.Whole(FormatName, 0, int.MaxValue);
        if (format != Format)
            throw new FormatException($"its {FormatName} is {format}, which this version does not know; it knows {Format}");
    }

    private static byte[] Write(Action<Utf8JsonWriter> writeMembers, string seal)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteNumber(FormatName, Format);
            writeMembers(json);
            json.WriteString(SealName, seal);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
