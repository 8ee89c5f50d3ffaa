using Akka.Actor;

namespace ClusterActors.Architecture.Tests.Samples.Elsewhere;

/// <summary>A base need be neither sealed nor startable, but it should not be public.</summary>
public abstract class AbstractSampleActor : UntypedActor;
