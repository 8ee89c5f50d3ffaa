namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Which nodes there are; the first managers are the voters, in order of rank, and the witness is a worker.</summary>
internal sealed record FleetShape(string Name, int VotingManagers, int OtherManagers, bool Witness)
{
    public const int Workers = 2;

    public static readonly FleetShape[] All =
    [
        new("three voters", 3, 0, false),
        new("three voters and another manager", 3, 1, false),
        new("two managers, a witness and another manager", 2, 1, true),
        new("five voters and another manager", 5, 1, false),
        new("two managers alone", 2, 0, false),
        new("one manager", 1, 0, false),
    ];

    public int Managers => VotingManagers + OtherManagers;

    public int Nodes => Managers + Workers;

    public bool IsManager(int node) => node < Managers;

    public bool IsVoter(int node) => node < VotingManagers || (Witness && node == Managers);

    public static string NameOf(int node, FleetShape shape) => node < shape.Managers ? $"manager-{node}" : $"worker-{node - shape.Managers}";
}
