using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Tables;

namespace Harness.Simulator.Kubernetes.Tests.Tables;

/// <summary>Each recorded object prints as the real API server printed it; descriptions of columns are our own and are not compared.</summary>
public sealed class TableGoldenTests
{
    public static TheoryData<string> Cases => Golden.Names("tables");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Print_RecordedObject_GivesTheRecordedTable(string name)
    {
        var golden = Golden.Json($"tables/{name}.json");
        var document = golden["document"]!.AsObject();
        var table = TablePrinter.Print(
            document["apiVersion"]!.GetValue<string>(),
            document["kind"]!.GetValue<string>(),
            [document],
            null,
            IncludeObject.None,
            Moment(golden));
        foreach (var column in table["columnDefinitions"]!.AsArray())
        {
            Assert.NotEmpty(column!["description"]!.GetValue<string>());
            column.AsObject().Remove("description");
        }

        table["rows"]![0]!.AsObject().Remove("object");
        Assert.Equal(golden["columns"]!.ToJsonString(), table["columnDefinitions"]!.ToJsonString());
        Assert.Equal(golden["rows"]!.ToJsonString(), table["rows"]!.ToJsonString());
        Assert.Equal(golden["metadata"]!.ToJsonString(), table["metadata"]!.ToJsonString());
    }

    // The recording's age in seconds tells when it was printed.
    private static DateTimeOffset Moment(JsonObject golden)
    {
        var columns = golden["columns"]!.AsArray().Select(column => column!["name"]!.GetValue<string>()).ToList();
        var age = columns.IndexOf("Age") is >= 0 and var index ? golden["rows"]![0]!["cells"]![index]!.GetValue<string>() : "0s";
        var created = golden["document"]!["metadata"]!["creationTimestamp"]!.GetValue<string>();
        return DateTimeOffset.Parse(created, CultureInfo.InvariantCulture).AddSeconds(int.Parse(age.TrimEnd('s'), CultureInfo.InvariantCulture));
    }
}
