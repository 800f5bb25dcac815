using System.Globalization;
using Amazon.Runtime.Internal;

namespace Harness.Ec2.Query;

/// <summary>
/// The parameters of one EC2 request, as its Query protocol spells them: members joined by dots, list entries counted from 1
/// (<c>Filter.1.Value.2</c>). Null members and empty lists are left out. Used by one marshalling at a time.
/// </summary>
internal sealed class QueryParameters(ParameterCollection parameters)
{
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            parameters.Add(name, value);
        }
    }

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value is null ? null : value.Value ? "true" : "false");

    public void Add(string name, List<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Add(Entry(name, i), values[i]);
        }
    }

    public void Add(string name, IQueryStructure? structure) => structure?.Write(this, name);

    public void Add<T>(string name, List<T> structures)
        where T : IQueryStructure
    {
        for (var i = 0; i < structures.Count; i++)
        {
            structures[i].Write(this, Entry(name, i));
        }
    }

    private static string Entry(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}.{index + 1}");
}
