using System.Globalization;
using Harness.Kubernetes.Objects.IntStr;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>Numbers that may be given as a percentage of another. Pure.</summary>
internal static class Shares
{
    /// <summary>The number itself, or that percentage of <paramref name="of"/>; nothing is none.</summary>
    public static int Resolve(this IntOrString? value, int of, bool roundUp)
    {
        if (value is not { IsString: true })
        {
            return value?.IntVal ?? 0;
        }

        var percent = int.TryParse(value.StrVal.TrimEnd('%'), CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return (int)(((long)of * percent + (roundUp ? 99 : 0)) / 100);
    }
}
