namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class HandlersOnThreadsSpecs() : HandlerSpecs("threads");
