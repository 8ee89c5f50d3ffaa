namespace ClusterActors.Client;

/// <summary>A command was sent and no manager answered: it may have been executed or not.</summary>
/// <param name="node">The worker that was meant.</param>
/// <param name="seq">The name of the command.</param>
/// <param name="cause">What happened at the managers.</param>
public sealed class CommandUncertainException(string node, string seq, FleetException cause)
    : FleetException($"{cause.Message} The command may have been executed by {node} all the same: the same again with seq {seq} asks for its outcome.")
{
    /// <summary>The worker that was meant.</summary>
    public string Node { get; } = node;

    /// <summary>The name of the command, to ask for its outcome with.</summary>
    public string Seq { get; } = seq;
}
