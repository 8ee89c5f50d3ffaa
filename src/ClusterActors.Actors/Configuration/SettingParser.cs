using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>Makes a value of what is written.</summary>
/// <param name="written">What is written.</param>
/// <param name="value">The value, when it is one.</param>
/// <returns>What is wrong with it, or <see langword="null"/>.</returns>
internal delegate string? SettingParser<T>(HoconNode written, out T value);
