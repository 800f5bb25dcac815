using System.Xml.Linq;
using Harness.Testing;

namespace Harness.Repository.Tests;

/// <summary>The checkout that the tests were built from: its files as git would list them, and its projects.</summary>
internal static class Checkout
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", ".sim", ".kind", ".tools", "TestResults", "artifacts", "node_modules"];

    public static string Root => CheckoutFolder.Root;

    public static IEnumerable<string> Files(string extension) => Walk(Root, extension);

    public static IEnumerable<Project> Projects() => Files(".csproj").Select(Project.Read);

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static IEnumerable<string> Walk(string folder, string extension) =>
        Directory.EnumerateFiles(folder, "*" + extension)
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(child => !Skipped.Contains(Path.GetFileName(child)))
                .SelectMany(child => Walk(child, extension)));

    internal sealed record Project(string Name, string Area, IReadOnlyList<string> References)
    {
        public bool IsTest => Name.EndsWith(".Tests", StringComparison.Ordinal);

        public static Project Read(string path)
        {
            var document = XDocument.Load(path);
            var references = document.Descendants("ProjectReference")
                .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
                .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))
                .ToList();
            return new Project(Path.GetFileNameWithoutExtension(path), Relative(path).Split('/')[0], references);
        }
    }
}
