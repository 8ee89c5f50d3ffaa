namespace ClusterActors.Store.Log;

/// <summary>The directory of a log. Every method throws <see cref="LogFailedException"/>, and nothing else, when the disk refuses.</summary>
internal interface ILogDisk
{
    /// <summary>The whole path of a file, for messages.</summary>
    string PathOf(string name);

    /// <summary>The names of the files that are there; none when there is no directory.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Creates the directory, durably, unless it is there.</summary>
    void CreateDirectory();

    /// <summary>Creates a file of that many zeros, whose space is reserved; replaces one of that name.</summary>
    ILogFile Create(string name, long bytes);

    /// <summary>Opens a file that is there.</summary>
    ILogFile Open(string name);

    /// <summary>Renames a file; replaces one of the new name.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    void Delete(string name);

    /// <summary>Returns when what was created, renamed and deleted is so on the disk.</summary>
    void SyncNames();
}
