using ClusterActors.Node.Run;

namespace ClusterActors.Node.Tests.Operator;

public class CommandLineSpecs
{
    public static TheoryData<string[], string?, string[]> Runs => new()
    {
        { [], null, [] },
        { ["run"], null, [] },
        { ["--config", "a.hocon"], "a.hocon", [] },
        { ["run", "--config", "a.hocon", "--set", "port=[1,2]", "--set", "node=x"], "a.hocon", ["port=[1,2]", "node=x"] },
        { ["-c", "a.hocon", "-s", "node=@x"], "a.hocon", ["node=@x"] },
        { ["--config", "a.hocon", "run", "--set", "node=x"], "a.hocon", ["node=x"] },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task A_node_is_run_with_what_was_given_and_its_exit_code_passed_on(string[] args, string? file, string[] sets)
    {
        ArgumentNullException.ThrowIfNull(args);
        var console = new CapturedConsole();

        Assert.Equal(42, await console.RunAsync(args));

        Assert.Equal(new RunOptions(file, []), console.Run! with { Sets = [] });
        Assert.Equal(sets, console.Run!.Sets);
    }

    public static TheoryData<string[], string> Misuses => new()
    {
        { ["statsu"], "Unrecognized command or argument 'statsu'.\nSee --help for what there is.\n" },
        { ["status", "--wach"], "Unrecognized command or argument '--wach'.\nSee status --help for what there is.\n" },
        { ["status", "--manager", "nine"], "--manager 'nine' has no port; it must be host:port, as in 127.0.0.1:9292 or [::1]:9292.\nSee status --help for what there is.\n" },
        { ["try", "--timeout", "0"], "--timeout '0' is no time; it must be seconds, more than 0 and at most 3600, as in 5 or 0.5.\nSee try --help for what there is.\n" },
        { ["allocate", "--timeout", "NaN"], "--timeout 'NaN' is no time; it must be seconds, more than 0 and at most 3600, as in 5 or 0.5.\nSee allocate --help for what there is.\n" },
        { ["allocate", "--count", "0"], "--count '0' is no count; it must be a whole number from 1 to 1000000.\nSee allocate --help for what there is.\n" },
        { ["allocate", "--key", ""], "--key has 0 characters; it must have 1 to 256.\nSee allocate --help for what there is.\n" },
        { ["run", "--config"], "Required argument missing for option: '--config'.\nSee run --help for what there is.\n" },
        { ["check-config"], "Required argument 'FILE' missing for command: 'check-config'.\nSee check-config --help for what there is.\n" },
        { ["command"], "Required command was not provided.\nSee command --help for what there is.\n" },
        { ["command", "w-1"], "Required command was not provided.\nSee command --help for what there is.\n" },
        { ["command", "w-1", "add-threads", "2"], "Required command was not provided.\nUnrecognized command or argument 'add-threads'.\nUnrecognized command or argument '2'.\nSee command --help for what there is.\n" },
        { ["command", "add-workers", "2"], "Name a worker as NODE, or give --all.\nSee command add-workers --help for what there is.\n" },
        { ["command", "w-1", "--all", "add-workers", "2"], "NODE and --all exclude each other.\nSee command add-workers --help for what there is.\n" },
        { ["command", "--all", "add-workers", "2", "--seq", "x"], "--seq names one command, and --all sends one to each worker.\nSee command add-workers --help for what there is.\n" },
        { ["command", "w-1", "add-workers", "2", "--seq", ""], "--seq must have 1 to 32 characters.\nSee command add-workers --help for what there is.\n" },
        { ["command", "w-1", "add-workers", "0"], "COUNT '0' must be a whole number from 1 to 2147483647.\nSee command add-workers --help for what there is.\n" },
        { ["command", "w-1", "remove-workers", "two"], "COUNT 'two' must be a whole number from 1 to 2147483647.\nSee command remove-workers --help for what there is.\n" },
        { ["command", "w-1", "open-port", "65536"], "PORT '65536' must be a whole number from 1 to 65535.\nSee command open-port --help for what there is.\n" },
        { ["command", "w-1", "close-port", "9091", "--drain", "5s"], "--drain '5s' must be a whole number from 0 to 2147483647.\nSee command close-port --help for what there is.\n" },
        { ["command", "", "add-workers", "2"], "NODE '' is no node id; it must have 1 to 128 bytes and no control characters.\nSee command add-workers --help for what there is.\n" },
        { ["drain", ""], "NODE '' is no node id; it must have 1 to 128 bytes and no control characters.\nSee drain --help for what there is.\n" },
        { ["drain", "--all"], "There is no option --all here.\nSee drain --help for what there is.\n" },
        { ["command", "--al", "add-workers", "2"], "There is no option --al here.\nSee command add-workers --help for what there is.\n" },
        { ["drain", "w-1", "--timeout", "5s"], "--timeout is for --wait.\nSee drain --help for what there is.\n" },
        { ["drain", "w-1", "--wait", "--timeout", "0s"], "--timeout '0s' is no time; it must be more than 0 and at most 168h, as in 60s, 5m, 1h or 60 (seconds).\nSee drain --help for what there is.\n" },
        { ["drain", "w-1", "--wait", "--timeout", "soon"], "--timeout 'soon' is no time; it must be more than 0 and at most 168h, as in 60s, 5m, 1h or 60 (seconds).\nSee drain --help for what there is.\n" },
        { ["handover"], "Required argument 'NODE' missing for command: 'handover'.\nSee handover --help for what there is.\n" },
        { ["handover", "--force"], "There is no option --force here.\nSee handover --help for what there is.\n" },
        { ["takeover", "w-1"], "Unrecognized command or argument 'w-1'.\nSee takeover --help for what there is.\n" },
        { ["takeover", "-m", "a:1", "-m", "b:1"], "takeover is for one server; give --manager once.\nSee takeover --help for what there is.\n" },
        { ["readmit", ""], "NODE '' is no node id; it must have 1 to 128 bytes and no control characters.\nSee readmit --help for what there is.\n" },
        { ["force-authority", "-m", "a:1", "-m", "b:1"], "force-authority is for one server; give --manager once.\nSee force-authority --help for what there is.\n" },
        { ["force-authority", "--voters", "a:1,b"], "--voters 'b' has no port; it must be host:port, as in 127.0.0.1:9292 or [::1]:9292.\nSee force-authority --help for what there is.\n" },
        { ["force-authority", "--voters", "a:1,a:1"], "--voters must be 1 to 5 different addresses separated by commas.\nSee force-authority --help for what there is.\n" },
        { ["force-authority", "--voters", "a:1,a:2,a:3,a:4,a:5,a:6"], "--voters must be 1 to 5 different addresses separated by commas.\nSee force-authority --help for what there is.\n" },
        { ["--config", "a.hocon", "status"], "--config is for run, not for status.\nSee status --help for what there is.\n" },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public async Task Wrong_usage_is_a_sentence_on_standard_error_and_exit_code_2(string[] args, string sentence)
    {
        ArgumentNullException.ThrowIfNull(args);
        var console = new CapturedConsole();

        Assert.Equal(2, await console.RunAsync(args));

        Assert.Equal(sentence, console.Errors);
        Assert.Empty(console.Output);
        Assert.Null(console.Run);
    }

    [Fact]
    public async Task Help_lists_the_commands()
    {
        var console = new CapturedConsole();

        Assert.Equal(0, await console.RunAsync("--help"));

        Assert.All(["run", "check-config", "status", "allocate", "try", "command", "drain", "undrain", "handover", "takeover", "readmit", "force-authority"], command => Assert.Contains($"  {command} ", console.Output, StringComparison.Ordinal));
    }
}
