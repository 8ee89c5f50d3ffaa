namespace ClusterActors.Transport.Connections;

/// <summary>The time limits of one connection, in timestamps of its loop's clock.</summary>
internal struct ConnectionClock(long now)
{
    private const long Never = long.MaxValue;

    private long _quietSince = now;
    private long _stuckSince = Never;
    private long _deadline = Never;
    private long _idleLimit = Never;
    private bool _idleTold;

    /// <summary>When bytes arrived last, or when reading went on after a pause in which none could.</summary>
    public readonly long QuietSince => _quietSince;

    public void SetDeadline(long at) => _deadline = at;

    public void SetIdleLimit(long limit)
    {
        _idleLimit = limit;
        _idleTold = false;
    }

    public void Heard(long now)
    {
        _quietSince = now;
        _idleTold = false;
    }

    /// <summary>Output waits and none of it leaves.</summary>
    public void Stuck(long now)
    {
        if (_stuckSince == Never)
            _stuckSince = now;
    }

    /// <summary>Some output has left, or none waits.</summary>
    public void Progressed() => _stuckSince = Never;

    public readonly bool IsStuckLongerThan(long limit, long now) => _stuckSince != Never && now - _stuckSince > limit;

    /// <summary>Whether the deadline has come; says so once.</summary>
    public bool TakeDeadline(long now)
    {
        if (now < _deadline)
            return false;
        _deadline = Never;
        return true;
    }

    /// <summary>Whether nothing has arrived for the idle limit; says so once for each silence.</summary>
    public bool TakeIdle(long now)
    {
        if (_idleTold || _idleLimit == Never || now - _quietSince < _idleLimit)
            return false;
        _idleTold = true;
        return true;
    }
}
