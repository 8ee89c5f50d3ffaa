using ClusterActors.Benchmarks.Authority;
using ClusterActors.Benchmarks.Commands;
using ClusterActors.Benchmarks.Kestrel;
using ClusterActors.Benchmarks.Links;
using ClusterActors.Benchmarks.Micro;
using ClusterActors.Benchmarks.Threads;

return args switch
{
    ["micro", .. var options] => MicroBenchmarks.Run(options),
    ["kestrel", var port] => await KestrelEcho.RunAsync(int.Parse(port)),
    ["links", .. var options] when LinksOptions.TryParse(options, out var links) => LinksScenario.Run(links),
    ["commands", .. var options] when CommandsOptions.TryParse(options, out var commands) => await CommandsScenario.RunAsync(commands),
    ["threads", .. var options] when ThreadsOptions.TryParse(options, out var threads) => await ThreadsScenario.RunAsync(threads),
    ["authority", .. var options] when AuthorityOptions.TryParse(options, out var authority) => await AuthorityScenario.RunAsync(authority),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: ClusterActors.Benchmarks micro [options of BenchmarkDotNet]
               ClusterActors.Benchmarks kestrel PORT
               ClusterActors.Benchmarks links --port N --pid N [--links N] [--seconds N] [--warmup N]
               ClusterActors.Benchmarks commands --port N --spare N [--rounds N] [--clients N]
               ClusterActors.Benchmarks threads --port N [--rounds N] [--seconds N] [--clients N]
               ClusterActors.Benchmarks authority [EVENT...] [--rounds N] [--pause N] [--load N] -- NODE run [OPTION...]
        The measurements of whole servers are run by run.sh; see docs/benchmarks.md.
        """);
    return 2;
}
