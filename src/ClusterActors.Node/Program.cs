using ClusterActors.Node.Operator;
using ClusterActors.Node.Run;

using var stop = new StopSignals();
return await CommandLine.RunAsync(args, OperatorConsole.OfThisProcess(), NodeRunner.RunAsync, stop.Token);
