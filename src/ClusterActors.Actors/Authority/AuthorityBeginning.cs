using System.Globalization;
using Akka.Event;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority;

/// <summary>What a node begins with: its files, and names that were never used before.</summary>
internal static class AuthorityBeginning
{
    /// <summary>Reads the files. One that is damaged is put aside and said so; it is never guessed what it said.</summary>
    public static AuthorityStart Of(AuthorityPlan plan, AuthorityCommands.Open open, ILoggingAdapter log)
    {
        var ballot = plan.Ballots.Load();
        if (ballot is Stored<Ballot>.Damaged damagedBallot)
        {
            log.Error("The ballot {File} cannot be used: {Reason}. This server does not vote until the operator readmits it (readmit {Node}; force-authority, where fewer than two others vote); the file is kept beside it.",
                plan.Ballots.FilePath, damagedBallot.Reason, plan.Node);
            if (!damagedBallot.IsUnreadable)
                SetAside(plan.Ballots, log);
        }

        var fence = plan.IsWorker ? plan.Fences.Load() : null;
        if (fence is Stored<Fence>.Damaged damagedFence)
        {
            log.Error("The fence {File} cannot be used: {Reason}. This worker takes no command until a majority of the voters has told it the newest epoch.",
                plan.Fences.FilePath, damagedFence.Reason);
        }

        return new AuthorityStart
        {
            Self = new ManagerRun(open.Name, NewId(plan.Random)),
            Voters = VoterSet.Create(open.Voters, plan.Lease),
            Rank = open.Rank,
            IsWorker = plan.IsWorker,
            Ballot = (ballot as Stored<Ballot>.Found)?.Value,
            BallotDamaged = ballot is Stored<Ballot>.Damaged,
            Fence = (fence as Stored<Fence>.Found)?.Value,
            FreshIncarnation = NewId(plan.Random),
            Random = new RandomStream((ulong)plan.Random.NextInt64()),
        };
    }

    private static void SetAside(BallotFile ballots, ILoggingAdapter log)
    {
        try
        {
            log.Info("The damaged ballot is kept as {File}", ballots.SetAside());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.Warning("The damaged ballot {File} cannot be moved and will be overwritten: {Reason}", ballots.FilePath, failure.Message);
        }
    }

    private static string NewId(Random random) => random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
}
