namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class BroadcastOnLoopsSpecs() : BroadcastSpecs("auto");
