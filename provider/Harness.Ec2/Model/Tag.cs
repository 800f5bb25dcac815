using Harness.Ec2.Query;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A key and a value on a resource.</summary>
public sealed class Tag : IQueryStructure
{
    public Tag()
    {
    }

    public Tag(string key, string value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; set; } = "";
    public string Value { get; set; } = "";

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.Key", Key);
        query.Add($"{prefix}.Value", Value);
    }

    internal static Tag Read(Ec2XmlReader xml)
    {
        var result = new Tag();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "key": result.Key = xml.String(); break;
                case "value": result.Value = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
