using System.Buffers;

namespace ClusterActors.Actors.Data;

/// <summary>Where replies are put together: one buffer for each thread, used for one reply at a time.</summary>
internal static class ReplyBuffer
{
    // What is larger was for a large value, and is not kept for the many small ones.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _ofThisThread;

    /// <summary>The buffer of the calling thread, empty.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        if (_ofThisThread is { Capacity: <= MostKept } kept)
        {
            kept.ResetWrittenCount();
            return kept;
        }

        return _ofThisThread = new ArrayBufferWriter<byte>(256);
    }
}
