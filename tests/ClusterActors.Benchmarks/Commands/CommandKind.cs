using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Commands;

/// <summary>One kind of command and how long its acknowledgements took.</summary>
/// <param name="name">What the console calls it.</param>
/// <param name="command">The command.</param>
internal sealed class CommandKind(string name, ServerCommand command)
{
    private readonly List<double> _milliseconds = [];

    public string Name { get; } = name;

    public ServerCommand Command { get; } = command;

    /// <summary>One of them took this long, from before it was sent until its answer was read.</summary>
    public void Took(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>
    /// One line of <c>key=value</c>, times in milliseconds. The first stands for itself, since the code it runs is compiled
    /// meanwhile; the others count.
    /// </summary>
    public override string ToString()
    {
        var sorted = _milliseconds.Skip(1).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"kind={Name} count={sorted.Length} first_ms={_milliseconds.FirstOrDefault():F1} p50_ms={sorted.ElementAtOrDefault(sorted.Length / 2):F1} max_ms={sorted.LastOrDefault():F1}");
    }
}
