using ClusterActors.Benchmarks.Kestrel;
using ClusterActors.Benchmarks.Links;
using ClusterActors.Benchmarks.Micro;

return args switch
{
    ["micro", .. var options] => MicroBenchmarks.Run(options),
    ["kestrel", var port] => await KestrelEcho.RunAsync(int.Parse(port)),
    ["links", .. var options] when LinksOptions.TryParse(options, out var links) => LinksScenario.Run(links),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: ClusterActors.Benchmarks micro [options of BenchmarkDotNet]
               ClusterActors.Benchmarks kestrel PORT
               ClusterActors.Benchmarks links --port N --pid N [--links N] [--seconds N] [--warmup N]
        The measurements of whole servers are run by run.sh; see docs/benchmarks.md.
        """);
    return 2;
}
