namespace ClusterActors.Store.Tests.Log;

/// <summary>Here the process ends. Nothing in the store may catch it.</summary>
internal sealed class WorldStoppedException : Exception;
