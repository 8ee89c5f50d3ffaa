namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class EchoOnThreadsSpecs() : EchoSpecs("threads");
