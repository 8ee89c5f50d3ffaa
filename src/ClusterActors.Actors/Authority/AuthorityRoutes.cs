using Akka.Actor;

namespace ClusterActors.Actors.Authority;

/// <summary>The links to other servers, by their names. A server may have several for a while; the newest is used. Used by one actor alone.</summary>
internal sealed class AuthorityRoutes
{
    private sealed record Route(IActorRef Link, bool Accepted);

    private readonly Dictionary<string, List<Route>> _routes = [];
    private readonly Dictionary<IActorRef, string> _names = [];

    /// <summary>The links that servers opened to this one.</summary>
    public IEnumerable<IActorRef> Accepted =>
        _routes.Values.SelectMany(routes => routes).Where(route => route.Accepted).Select(route => route.Link);

    /// <summary>A link leads to a server.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Add(string name, IActorRef link, bool accepted)
    {
        if (_names.TryGetValue(link, out var known))
        {
            if (known == name)
                return false;
            Remove(link);
        }

        _names[link] = name;
        if (!_routes.TryGetValue(name, out var routes))
            _routes[name] = routes = [];
        routes.Add(new Route(link, accepted));
        return true;
    }

    /// <summary>A link is over.</summary>
    /// <returns>The name of the server it led to; null when it is not known.</returns>
    public string? Remove(IActorRef link)
    {
        if (!_names.Remove(link, out var name))
            return null;
        var routes = _routes[name];
        routes.RemoveAll(route => route.Link.Equals(link));
        if (routes.Count == 0)
            _routes.Remove(name);
        return name;
    }

    /// <summary>The newest link to a server; null when there is none.</summary>
    public IActorRef? Find(string name) => _routes.TryGetValue(name, out var routes) ? routes[^1].Link : null;

    /// <summary>Whether a server has a link of its own to this one.</summary>
    public bool HasAccepted(string name) => _routes.TryGetValue(name, out var routes) && routes.Exists(route => route.Accepted);

    /// <summary>The server behind a link; null when it has not said.</summary>
    public string? NameOf(IActorRef link) => _names.GetValueOrDefault(link);
}
