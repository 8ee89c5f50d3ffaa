namespace ClusterActors.Actors.Metrics;

/// <summary>Where in the tree of cgroups this process is (cgroups(7), /proc/pid/cgroup).</summary>
internal static class CgroupPath
{
    /// <summary>
    /// The directories of the cgroup of this process and of those above it, the nearest first.
    /// </summary>
    /// <param name="files">The file system.</param>
    /// <param name="mount">Where the hierarchy is mounted.</param>
    /// <param name="controller">Controller of a version 1 hierarchy, empty for version 2.</param>
    /// <remarks>
    /// In a container without a cgroup namespace the path is that of the host, of which only the end is mounted. Parts that
    /// are not there are skipped, which ends at the mount: the container's own cgroup.
    /// </remarks>
    public static IEnumerable<string> Walk(SystemFiles files, string mount, string controller)
    {
        var path = Own(files, controller);
        while (path.Length > 0)
        {
            if (files.HasDirectory(mount + path))
            {
                yield return mount + path;
            }

            path = path[..path.LastIndexOf('/')];
        }

        yield return mount;
    }

    // A line is hierarchy:controllers:path; version 2 has no controllers.
    private static string Own(SystemFiles files, string controller)
    {
        foreach (var line in files.Lines("/proc/self/cgroup"))
        {
            if (line.Split(':', 3) is [_, var controllers, ['/', ..] path] && controllers.Split(',').Contains(controller, StringComparer.Ordinal)
                && !path.Contains("..", StringComparison.Ordinal))
            {
                return path.TrimEnd('/');
            }
        }

        return string.Empty;
    }
}
