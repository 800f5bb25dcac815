using System.Xml.Linq;

namespace Harness.Simulator.Ec2.Tests.Wire;

/// <summary>
/// Compares response documents with the files of goldens/. Where one differs, what was answered is written to a folder beside the tests
/// (actual/), from where it can be copied once it was looked at.
/// </summary>
internal static class Golden
{
    /// <summary>Whether the document is the golden one.</summary>
    public static bool Matches(string name, XElement document)
    {
        var actual = $"{document}\n";
        var path = Path.Combine(AppContext.BaseDirectory, "goldens", $"{name}.xml");
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "actual")).FullName;
            File.WriteAllText(Path.Combine(folder, $"{name}.xml"), actual);
        }

        return expected == actual;
    }
}
