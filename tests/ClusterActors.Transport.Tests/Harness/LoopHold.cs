using Akka.Actor;
using ClusterActors.TestSupport;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Holds a loop's thread in one place, so that what happens meanwhile comes to it all at once.</summary>
public sealed class LoopHold : INoSerializationVerificationNeeded, IDisposable
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _release = new();

    /// <summary>Done when the loop is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets the loop go on.</summary>
    public void Dispose() => _release.Set();

    internal void Hold()
    {
        _held.SetResult();
        _release.Wait(Eventually.Limit);
    }
}
