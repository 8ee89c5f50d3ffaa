global using ClusterActors.TestSupport;
global using Xunit;
