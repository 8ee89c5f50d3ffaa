using System.Text;
using ClusterActors.Actors.Worker;

namespace ClusterActors.Actors.Tests.Harness;

internal static class ClientExtensions
{
    public static bool Say(this IClient client, string text) => client.Send(MessageKind.Text, Encoding.UTF8.GetBytes(text));

    public static bool SayToAll(this IBusinessHost host, string text) => host.SendToAll(MessageKind.Text, Encoding.UTF8.GetBytes(text));
}
