namespace ClusterActors.Client;

/// <summary>Connects client applications to the workers of a fleet: asks a manager for one, then dials it and claims the lease.</summary>
public sealed class FleetClient
{
    private readonly ManagerClient _managers;
    private readonly ClientSettings _settings;
    private readonly TimeProvider _time;
    private readonly LinkDialer _dialer;

    /// <summary>A client that asks through <paramref name="managers"/>, which stays the caller's to dispose of.</summary>
    /// <param name="managers">Whom to ask.</param>
    /// <param name="settings">Limits of the connections to workers.</param>
    /// <param name="time">The clock of all timeouts.</param>
    public FleetClient(ManagerClient managers, ClientSettings? settings = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(managers);
        _managers = managers;
        _settings = settings ?? new ClientSettings();
        _time = time ?? TimeProvider.System;
        _dialer = new LinkDialer(_settings, _settings.MaxMessageBytes, _time);
    }

    /// <summary>Asks for a worker and connects to it with the lease in the handshake (PROTOCOL.md sections 1 and 4).</summary>
    /// <param name="key">Sticks to the same worker while it is up, 1-256 characters.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <remarks>While nobody holds management authority it waits, as <see cref="ManagerClient.AllocateAsync"/> does.</remarks>
    /// <exception cref="ManagerUnreachableException">No manager answered.</exception>
    /// <exception cref="RequestRefusedException">A manager refused.</exception>
    /// <exception cref="WorkerUnreachableException">The worker that was allocated took no connection.</exception>
    public async Task<WorkerConnection> ConnectAsync(string? key = null, CancellationToken cancellation = default)
    {
        var allocation = await _managers.AllocateAsync(key, explain: false, cancellation);
        using var limit = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var (connection, _) = await _dialer.DialAsync(allocation.Worker, allocation.Lease, either.Token);
            return new WorkerConnection(connection, allocation);
        }
        catch (LinkException failure)
        {
            throw new WorkerUnreachableException(allocation.Worker, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WorkerUnreachableException(
                allocation.Worker, FormattableString.Invariant($"did not answer within {_settings.Timeout.TotalSeconds:0.##} s"));
        }
    }
}
