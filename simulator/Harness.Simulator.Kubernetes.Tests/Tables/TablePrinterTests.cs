using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Tables;

namespace Harness.Simulator.Kubernetes.Tests.Tables;

public sealed class TablePrinterTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Print_List_CarriesTheListsMetadata()
    {
        var metadata = new JsonObject { ["resourceVersion"] = "7", ["continue"] = "token", ["remainingItemCount"] = 2 };
        var table = TablePrinter.Print("v1", "Pod", [], metadata, IncludeObject.Metadata, _now);
        Assert.Equal("""{"resourceVersion":"7","continue":"token","remainingItemCount":2}""", table["metadata"]!.ToJsonString());
        Assert.Equal("[]", table["rows"]!.ToJsonString());
    }

    [Fact]
    public void Print_LaterWatchEvent_HasNoColumns()
    {
        var table = TablePrinter.Print("v1", "ConfigMap", [Item()], null, IncludeObject.Metadata, _now, withColumns: false);
        Assert.True(table.ContainsKey("columnDefinitions"));
        Assert.Null(table["columnDefinitions"]);
    }

    [Theory]
    [InlineData(IncludeObject.None, "null")]
    [InlineData(IncludeObject.Metadata, """{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a","resourceVersion":"9"}}""")]
    [InlineData(IncludeObject.Object, """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"9"},"data":{"k":"v"}}""")]
    internal void Print_IncludeObject_DecidesWhatRowsCarry(IncludeObject include, string expected)
    {
        var table = TablePrinter.Print("v1", "ConfigMap", [Item()], null, include, _now);
        Assert.Equal(expected, table["rows"]![0]!["object"]?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Print_KindWithoutColumns_ShowsNameAndCreation()
    {
        var table = TablePrinter.Print("example.com/v1", "Widget", [Item()], null, IncludeObject.None, _now);
        Assert.Equal(["Name", "Created At"], table["columnDefinitions"]!.AsArray().Select(column => column!["name"]!.GetValue<string>()));
    }

    private static JsonObject Item() => JsonNode.Parse("""{"metadata":{"name":"a","resourceVersion":"9"},"data":{"k":"v"}}""")!.AsObject();
}
