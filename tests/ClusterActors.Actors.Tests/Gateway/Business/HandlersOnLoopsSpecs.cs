namespace ClusterActors.Actors.Tests.Gateway.Business;

public sealed class HandlersOnLoopsSpecs() : HandlerSpecs("auto");
