namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>The network: what it loses, doubles, delays, and which directions are cut. Times are microseconds.</summary>
internal sealed class Weather(Random random, int nodes, long lease)
{
    private readonly long[,] _cutUntil = new long[nodes, nodes];
    private double _loss = random.Next(3) * random.NextDouble() * 0.1;
    private double _doubled = random.Next(3) * 0.03;
    private double _slow = random.Next(3) * 0.04;
    private long _slowest = lease * random.Next(1, 40) / 10;
    private long _usual = (random.Next(4) == 0 ? random.Next(50, 400) : random.Next(1, 50)) * 1_000;

    public bool IsCut(int from, int to, long time) => _cutUntil[from, to] > time;

    public bool Loses() => random.NextDouble() < _loss;

    public bool Doubles() => random.NextDouble() < _doubled;

    public long Delay() => random.NextDouble() < _slow ? random.NextInt64(_slowest) : 200 + random.NextInt64(_usual);

    public void Cut(int from, int to, long until) => _cutUntil[from, to] = Math.Max(_cutUntil[from, to], until);

    public void CutFor(Func<int, int, bool> direction, long until)
    {
        for (var from = 0; from < nodes; from++)
        {
            for (var to = 0; to < nodes; to++)
            {
                if (from != to && direction(from, to))
                    Cut(from, to, until);
            }
        }
    }

    public void Change()
    {
        _loss = random.Next(4) == 0 ? random.NextDouble() * 0.5 : 0.02;
        _slow = random.Next(2) == 0 ? random.NextDouble() * 0.3 : 0.02;
        _slowest = lease * random.Next(1, 40) / 10;
        _doubled = random.Next(3) * 0.05;
    }

    /// <summary>From now on every direction is open and nothing is lost; what is under way may still take its time.</summary>
    public void Clear()
    {
        Array.Clear(_cutUntil);
        (_loss, _doubled, _slow, _usual) = (0, 0, 0, 10_000);
    }
}
