using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Manager;

/// <summary>
/// Whatever the order of reports, allocations, claims, expiries and lost links: a worker is never given more clients than it
/// takes, and no client is refused while a worker could take it. Checked against <see cref="NaiveFleet"/>, which looks at
/// everything every time.
/// </summary>
public class CapacityProperties
{
    [Property(MaxTest = 400, EndSize = 300)]
    public void No_worker_is_overshot_and_no_client_is_refused_in_vain(byte[] script)
    {
        var fleet = new NaiveFleet();
        foreach (var step in script)
        {
            Play(fleet, step % 8, step / 8);
            fleet.AssertNothingIsOvershot();
            fleet.AssertViewsAgree();
        }
    }

    private static void Play(NaiveFleet fleet, int what, int argument)
    {
        switch (what)
        {
            case 0 or 1:
                fleet.Allocate(key: null);
                break;
            case 2:
                fleet.Allocate(key: $"key-{argument}");
                break;
            case 3:
                fleet.Report(argument, draining: argument >= 24);
                break;
            case 4:
                fleet.ClaimOldest();
                break;
            case 5:
                fleet.Advance(argument * 0.25);
                break;
            case 6:
                fleet.Close(argument, left: argument >= 16);
                break;
            default:
                fleet.Disconnect(argument);
                break;
        }
    }
}
