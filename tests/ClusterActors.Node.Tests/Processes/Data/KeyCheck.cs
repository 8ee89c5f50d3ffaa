using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>
/// Judges what clients were answered about one key. The version of a write is its place among all writes; what was acknowledged or shown to anybody
/// stays, and whoever asks afterwards is shown that or something later.
/// </summary>
internal sealed class KeyCheck
{
    private readonly Deed[] _deeds;
    private readonly List<string> _faults;
    private readonly Dictionary<string, Deed> _puts;
    private readonly Dictionary<EntryVersion, Deed> _known = [];
    private readonly Dictionary<string, EntryVersion> _versions = [];
    private readonly HashSet<EntryVersion> _removals = [];

    /// <param name="deeds">All about one key.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public KeyCheck(IEnumerable<Deed> deeds, List<string> faults)
    {
        _deeds = [.. deeds.OrderBy(deed => deed.Sent)];
        _faults = faults;
        _puts = _deeds.Where(deed => deed.Writes is not null).ToDictionary(deed => deed.Writes!);
    }

    public void Run()
    {
        foreach (var write in _deeds.Where(deed => deed.IsWrite && deed.End == DeedEnd.Done))
            Know(write, write.Version!.Value);
        foreach (var deed in _deeds.Where(deed => deed.Shows is not null))
            Trace(deed);
        foreach (var push in _deeds.Where(deed => deed is { Operation: DataOperation.Watch, Shows: null }))
            _removals.Add(push.Version!.Value);
        LookBack();
        LookAtConditions();
        Count();
    }

    private void Know(Deed write, EntryVersion version)
    {
        _known[version] = write;
        if (write.Writes is { } label)
            _versions[label] = version;
        else
            _removals.Add(version);
    }

    /// <summary>Finds the put of a value that was shown.</summary>
    private void Trace(Deed shown)
    {
        var version = shown.Version!.Value;
        if (!_puts.TryGetValue(shown.Shows!, out var put))
            _faults.Add($"shown is what nobody wrote: {shown}");
        else if (put.End is DeedEnd.Refused or DeedEnd.Conflict || put.Sent > shown.Answered)
            _faults.Add($"shown is what was not written: {shown}; {put}");
        else if (_versions.TryGetValue(shown.Shows!, out var other) && other != version)
            _faults.Add($"two versions of one write, {other} and this: {shown}; {put}");
        else if (_known.TryGetValue(version, out var another) && another != put)
            _faults.Add($"one version of two writes: {shown}; {another}");
        else if (_deeds.FirstOrDefault(deed => deed.IsWrite && deed.End == DeedEnd.Done && deed.Run > put.Run && Floor.At(deed.Version!.Value) < Floor.At(version)) is { } later)
            _faults.Add($"a write of an earlier run has come behind {later}: {shown}; {put}");
        else
            Know(put, version);
    }

    /// <summary>Follows the clock: nobody is shown or acknowledged less than was known when he asked.</summary>
    private void LookBack()
    {
        var floors = new Dictionary<Deed, Floor>(ReferenceEqualityComparer.Instance);
        var answered = new Queue<Deed>(_deeds.Where(deed => deed.Answered != long.MaxValue).OrderBy(deed => deed.Answered));
        var writes = new Dictionary<string, Deed>();
        var floor = default(Floor);
        foreach (var deed in _deeds.Where(deed => deed.End is not (DeedEnd.Unknown or DeedEnd.Refused)))
        {
            while (answered.TryPeek(out var earlier) && earlier.Answered < deed.Sent)
                floor = Max(floor, floors.GetValueOrDefault(answered.Dequeue()));
            floors[deed] = deed.Version is { } version ? Floor.At(version) : floor with { IsBehind = floor.Version is not null };
            if (deed.Operation == DataOperation.Watch)
                continue;
            if (deed.Version is null)
                LookForRemoval(deed, floor);
            else if (floors[deed] < floor || (floors[deed] == floor && deed.IsWrite && deed.End == DeedEnd.Done))
                _faults.Add($"{floor.Version} was {(floor.IsBehind ? "seen to be gone" : "there")} before: {deed}{Was(floor)}");
            if (deed.IsWrite && deed.End == DeedEnd.Done)
                LookAtOrder(writes, deed);
        }
    }

    /// <summary>An entry that is not there was removed, if there ever was one.</summary>
    private void LookForRemoval(Deed missing, Floor floor)
    {
        if (floor.Version is not { } version || floor.IsBehind || _removals.Contains(version))
            return;
        var run = _known.GetValueOrDefault(version)?.Run ?? 0;
        var removed = _known.Any(write => write.Value.Operation == DataOperation.Remove && write.Value.Sent < missing.Answered && Floor.At(write.Key) > floor)
            || MayBeRemoved(run, missing);
        if (!removed)
            _faults.Add($"{version} is lost: {missing}{Was(floor)}");
    }

    /// <summary>Whether a removal that may have been done stands between a write of a run and an answer.</summary>
    private bool MayBeRemoved(int run, Deed before) =>
        _deeds.Any(deed => deed is { Operation: DataOperation.Remove, End: DeedEnd.Unknown } && deed.Run >= run && deed.Sent < before.Answered);

    /// <summary>Writes of one client take effect in the order in which it sent them.</summary>
    private void LookAtOrder(Dictionary<string, Deed> writes, Deed write)
    {
        if (writes.TryGetValue(write.Client, out var before) && Floor.At(before.Version!.Value) >= Floor.At(write.Version!.Value))
            _faults.Add($"two writes of one client are in the wrong order: {before}; {write}");
        writes[write.Client] = write;
    }

    private void LookAtConditions()
    {
        var order = _known.Keys.OrderBy(Floor.Order).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            var write = _known[order[i]];
            var before = i == 0 ? (EntryVersion?)null : order[i - 1];
            if (write.Condition.Version is { } asked && before is { } there && there != asked && Floor.At(there) >= Floor.At(asked))
                _faults.Add($"{order[i]} was to follow {asked} and follows {there}: {write}; {_known[there]}");
            else if (write.Condition.IsAbsent && before is { } last && !_removals.Contains(last) && !MayBeRemoved(_known[last].Run, write))
                _faults.Add($"{order[i]} was to be the first and follows {last}: {write}; {_known[last]}");
        }

        foreach (var conflict in _deeds.Where(deed => deed.End == DeedEnd.Conflict && deed.Condition.Holds(deed.Version)))
            _faults.Add($"what was asked for was there: {conflict}");
    }

    /// <summary>A counter is at least at what was acknowledged, and at most at that and all that may have been done.</summary>
    private void Count()
    {
        if (_puts.Values.FirstOrDefault() is not { } some || LabelledValue.CountIn(some.Writes!) is null || _known.Count == 0)
            return;
        var count = LabelledValue.CountIn(_known.MaxBy(known => Floor.Order(known.Key)).Value.Writes!);
        var done = _puts.Values.Count(put => put.End == DeedEnd.Done);
        var most = done + _puts.Values.Count(put => put.End == DeedEnd.Unknown);
        if (count < done || count > most)
            _faults.Add($"counter {some.Key} is at {count}; {done} increments were acknowledged and at most {most} done");
    }

    private string Was(Floor floor) => floor.Version is { } version && _known.TryGetValue(version, out var write) ? $"; {write}" : "";

    private static Floor Max(Floor one, Floor other) => one > other ? one : other;
}
