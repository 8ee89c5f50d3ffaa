using System.Diagnostics;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Programs of the system that some tests need.</summary>
public static class Tools
{
    /// <summary>Whether a program is on the path.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Starts a program.</summary>
    public static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Start(program, folder, arguments);
        using var limit = new CancellationTokenSource(Eventually.Limit * 4);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} did not end in time");
        }
    }
}
