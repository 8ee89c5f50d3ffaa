using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;

namespace ClusterActors.Actors;

/// <summary>Puts what commands changed before a restart over the configuration, where <c>worker.keepChanges</c> says so.</summary>
internal static class KeptChanges
{
    /// <summary>The file of a node; <see langword="null"/> where changes are not kept.</summary>
    public static WorkerChangesFile? FileOf(NodeSettings settings) =>
        settings is { RunsWorker: true, Worker.KeepChanges: true } ? new WorkerChangesFile(settings.DataDirectory, settings.Node) : null;

    /// <summary>The settings with the changes over them; each that differs is logged.</summary>
    /// <exception cref="StartupException">They do not go together with the configuration.</exception>
    public static NodeSettings Over(NodeSettings settings, WorkerChanges changes, WorkerChangesFile file, ILoggingAdapter log)
    {
        if (changes.Ports is { IsEmpty: true } && !settings.ClustersSwitch)
        {
            throw new StartupException(
                $"{file.FilePath} names no port, and a lone server (clustersSwitch 0) without a port can never be reached; "
                + "delete the file to go back to the configuration.");
        }

        Tell("worker.threads", settings.Worker.Threads, changes.Threads);
        Tell("worker.readerWriters", settings.Worker.ReaderWriters, changes.ReaderWriters);
        if (changes.Ports is { } ports && !ports.SequenceEqual(settings.Ports))
            Say("port", $"[{string.Join(", ", settings.Ports)}]", $"[{string.Join(", ", ports)}]");
        return settings with
        {
            Ports = changes.Ports ?? settings.Ports,
            Worker = settings.Worker with
            {
                Threads = changes.Threads ?? settings.Worker.Threads,
                ReaderWriters = changes.ReaderWriters ?? settings.Worker.ReaderWriters,
            },
        };

        void Tell(string key, int configured, int? kept)
        {
            if (kept is { } value && value != configured)
                Say(key, configured, value);
        }

        void Say(string key, object configured, object kept) => log.Info(
            "{Key} is {Value}, not {Configured} as configured: it was changed by command and kept in {File}", key, kept, configured, file.FilePath);
    }
}
