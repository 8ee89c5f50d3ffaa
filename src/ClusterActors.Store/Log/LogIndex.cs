using System.Collections.Immutable;

namespace ClusterActors.Store.Log;

/// <summary>What a log holds, without the bytes.</summary>
public sealed record LogIndex
{
    /// <summary>The record before the first that is held: dropped, or known from a snapshot, or <see cref="LogPoint.Beginning"/>.</summary>
    public required LogPoint Base { get; init; }

    /// <summary>Each held record that is of another term than the one before it, oldest first.</summary>
    public required ImmutableArray<LogPoint> Terms { get; init; }

    /// <summary>The last record; the base when none is held.</summary>
    public required LogPoint Last { get; init; }

    /// <summary>Sequence through which all is synced.</summary>
    public required long Durable { get; init; }

    /// <summary>The term of a record that is held, or of the base; <see langword="null"/> for any other sequence.</summary>
    public LogTerm? TermAt(long sequence)
    {
        if (sequence < Base.Sequence || sequence > Last.Sequence)
            return null;
        for (var i = Terms.Length - 1; i >= 0; i--)
        {
            if (Terms[i].Sequence <= sequence)
                return Terms[i].Term;
        }

        return Base.Term;
    }

    internal static LogIndex After(LogPoint point) => new() { Base = point, Terms = [], Last = point, Durable = point.Sequence };

    internal LogIndex With(ImmutableArray<LogPoint> terms, LogPoint last) => this with
    {
        Terms = terms[0].Term == Last.Term ? Terms.AddRange(terms.AsSpan()[1..]) : Terms.AddRange(terms),
        Last = last,
    };

    internal LogIndex CutAfter(long sequence) => this with
    {
        Last = new LogPoint(TermAt(sequence)!.Value, sequence),
        Terms = Terms.RemoveAll(term => term.Sequence > sequence),
        Durable = Math.Min(Durable, sequence),
    };

    internal LogIndex DropThrough(LogPoint point) => this with
    {
        Base = point,
        Terms = Terms.RemoveAll(term => term.Sequence <= point.Sequence),
    };
}
