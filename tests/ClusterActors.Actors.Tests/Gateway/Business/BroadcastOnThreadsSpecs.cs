namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class BroadcastOnThreadsSpecs() : BroadcastSpecs("threads");
