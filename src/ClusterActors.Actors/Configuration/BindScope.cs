namespace ClusterActors.Actors.Configuration;

/// <summary>Which addresses of the machine the business ports are open on: key <c>bind</c>.</summary>
public enum BindScope
{
    /// <summary>Loopback while clients are told a loopback address, else every address.</summary>
    Auto,

    /// <summary>Only this machine can connect.</summary>
    Loopback,

    /// <summary>Every address, IPv4 and IPv6, whatever clients are told: for a container whose ports are published.</summary>
    Any,
}
