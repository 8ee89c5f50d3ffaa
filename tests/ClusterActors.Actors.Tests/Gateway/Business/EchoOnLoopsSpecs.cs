namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class EchoOnLoopsSpecs() : EchoSpecs("auto");
