using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Reads in a worker's log which manager's commands it took, and at which epoch.</summary>
public static partial class AuditTrail
{
    /// <summary>Each epoch is that of one manager, and none follows a newer one.</summary>
    /// <returns>How many commands there are.</returns>
    public static int AssertInOrder(string worker, IEnumerable<string> lines)
    {
        var (count, newest, through) = (0, 0L, "");
        foreach (var line in lines)
        {
            // What ended late was let in long before.
            if (Command().Match(line) is not { Success: true } command || line.Contains(", late:", StringComparison.Ordinal))
                continue;
            var (manager, epoch) = (command.Groups["manager"].Value, long.Parse(command.Groups["epoch"].Value, CultureInfo.InvariantCulture));
            Assert.True(epoch >= newest, $"{worker} obeyed epoch {epoch} after {newest}: {line}");
            Assert.True(epoch > newest || manager == through, $"{worker} obeyed {manager} and {through} at epoch {epoch}: {line}");
            (newest, through, count) = (epoch, manager, count + 1);
        }

        return count;
    }

    [GeneratedRegex("audit: .* through (?<manager>\\S+), seq .*, epoch (?<epoch>\\d+)")]
    private static partial Regex Command();
}
