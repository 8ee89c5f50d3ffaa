using ClusterActors.Node.Run;

return await NodeRunner.RunAsync(
    new RunOptions(null, [.. args.Where((_, i) => i > 0 && args[i - 1] == "--set")]), CancellationToken.None);
