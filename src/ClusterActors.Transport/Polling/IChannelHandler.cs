namespace ClusterActors.Transport.Polling;

/// <summary>Hears from a poller, on the loop's thread and only during <see cref="IPoller.Dispatch"/>, what its channel can do now.</summary>
public interface IChannelHandler
{
    /// <summary>Bytes, the end of the stream or an error can be received.</summary>
    /// <param name="ending">The far end has closed or broken the connection: receive until that is seen, even after a short read.</param>
    void OnReadable(bool ending);

    /// <summary>More can be sent.</summary>
    /// <param name="sent">Bytes of the pending output that the channel has already sent on its own.</param>
    void OnWritable(int sent);
}
