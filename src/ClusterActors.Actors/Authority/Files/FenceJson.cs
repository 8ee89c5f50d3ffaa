using System.Text.Json;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>What <c>fence.json</c> says: the two fields of a <see cref="Fence"/>.</summary>
internal static class FenceJson
{
    private const string Epoch = "epoch";
    private const string Holder = "holder";

    /// <summary>Writes a fence.</summary>
    public static byte[] Write(Fence fence) => SealedJson.Write(json =>
    {
        json.WriteNumber(Epoch, fence.Epoch);
        json.WriteRun(Holder, fence.Holder);
    });

    /// <summary>Reads a fence.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static Fence Read(JsonElement root) => new(root.Whole(Epoch, 0, long.MaxValue), root.RunOrNull(Holder));
}
