using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>What <c>status --watch</c> has seen so far.</summary>
internal sealed record WatchState
{
    /// <summary>The newest view, none before the first.</summary>
    public ViewReply? View { get; private init; }

    /// <summary>When it came, local time.</summary>
    public DateTimeOffset SeenAt { get; private init; }

    /// <summary>Since when no view comes, local time; <see langword="null"/> while they do.</summary>
    public DateTimeOffset? LostSince { get; private init; }

    /// <summary>Why the newest try gave no view.</summary>
    public string? Reason { get; private init; }

    /// <summary>A view came.</summary>
    public static WatchState Seen(ViewReply view, DateTimeOffset now) => new() { View = view, SeenAt = now };

    /// <summary>None came.</summary>
    public WatchState Lost(string reason, DateTimeOffset now) => this with { LostSince = LostSince ?? now, Reason = reason };

    /// <summary>A sentence for as long as no view comes: since when, why, and what is shown meanwhile.</summary>
    public string? Notice => LostSince is { } since
        ? $"Not reachable since {Clock(since)}, trying on. {Reason}" + (View is null ? "" : $" This is the view of {Clock(SeenAt)}:")
        : null;

    private static string Clock(DateTimeOffset time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
