namespace Harness.Ec2.Query;

/// <summary>A structure inside a request: it writes its members under a prefix such as <c>Filter.1</c>.</summary>
internal interface IQueryStructure
{
    void Write(QueryParameters query, string prefix);
}
