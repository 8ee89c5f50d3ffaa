namespace ClusterActors.Actors.Worker.Ports;

/// <summary>How far a business port is.</summary>
internal enum PortStage
{
    /// <summary>Its accept loop is being opened.</summary>
    Opening,

    /// <summary>Clients can connect.</summary>
    Open,

    /// <summary>Its accept loop is being closed.</summary>
    Closing,

    /// <summary>It is closed, and the clients that came through it are leaving.</summary>
    Emptying,
}
