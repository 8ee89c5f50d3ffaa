namespace ClusterActors.Architecture.Tests;

/// <summary>A file of source, its path relative to the root of the repository.</summary>
internal sealed record SourceFile(string Path, string Text);
