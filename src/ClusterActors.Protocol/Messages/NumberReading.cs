namespace ClusterActors.Protocol.Messages;

/// <summary>Reads numbers from digits alone: no sign, no exponent, no white space, no culture.</summary>
internal static class NumberReading
{
    /// <summary>Reads a whole number from 0 to <paramref name="max"/>; leading zeros are taken.</summary>
    public static bool TryReadWhole(ReadOnlySpan<byte> digits, long max, out long number)
    {
        number = 0;
        if (digits.IsEmpty)
            return false;
        foreach (var digit in digits)
        {
            var value = digit - '0';
            if ((uint)value > 9 || number > (long.MaxValue - value) / 10)
                return false;
            number = (number * 10) + value;
        }

        return number <= max;
    }

    /// <summary>Reads <c>12</c> or <c>12.34</c>, at most 15 digits on either side, from 0 to 100.</summary>
    public static bool TryReadPercent(ReadOnlySpan<byte> text, out double percent)
    {
        percent = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        if (!TryReadWhole(whole, 100, out var number))
            return false;
        percent = number;
        if (point < 0)
            return true;
        var decimals = text[(point + 1)..];
        if (decimals.Length > 15 || !TryReadWhole(decimals, long.MaxValue, out var fraction))
            return false;

        // One division of two exact numbers gives the double that is nearest to the decimal.
        var scale = 1L;
        for (var i = 0; i < decimals.Length; i++)
            scale *= 10;
        percent = decimals.Length <= 12 ? ((number * scale) + fraction) / (double)scale : number + (fraction / (double)scale);
        return percent <= 100;
    }
}
