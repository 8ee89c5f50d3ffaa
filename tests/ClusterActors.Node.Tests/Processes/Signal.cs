namespace ClusterActors.Node.Tests.Processes;

/// <summary>Signals of Linux that the tests send.</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
