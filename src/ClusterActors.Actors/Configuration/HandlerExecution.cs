namespace ClusterActors.Actors.Configuration;

/// <summary>Where business handlers run: <c>worker.execution</c>.</summary>
public enum HandlerExecution
{
    /// <summary>On a worker thread, except a handler that declares that it never blocks: that one runs on the loop that read.</summary>
    Auto,

    /// <summary>On worker threads always.</summary>
    Threads,
}
