namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class PageTests
{
    [Fact]
    public void DescribeInstances_Pages_GiveEachInstanceOnce()
    {
        var model = new TestModel();
        var launched = Enumerable.Range(0, 13).Select(_ => model.Launch()).Order(StringComparer.Ordinal).ToList();
        var pages = Pages(model, "DescribeInstances", ("MaxResults", "5"));
        Assert.Equal([5, 5, 3], pages.Select(page => page.Count));
        Assert.Equal(launched, pages.SelectMany(page => page));
    }

    [Fact]
    public void DescribeInstances_InstanceGoesBetweenPages_NoOtherIsMissed()
    {
        var model = new TestModel();
        var launched = Enumerable.Range(0, 11).Select(_ => model.LaunchRunning()).Order(StringComparer.Ordinal).ToList();
        var first = model.Call("DescribeInstances", ("MaxResults", "5"));
        var token = TestModel.Values(first, "nextToken")[0];
        model.Terminate(launched[4]);
        model.Advance(TimeSpan.FromHours(2));

        var second = TestModel.Values(model.Call("DescribeInstances", ("MaxResults", "10"), ("NextToken", token)), "instanceId");
        Assert.Equal(launched[5..], second.Distinct());
    }

    [Fact]
    public void DescribeInstances_NoMaxResults_GivesAtMostTheDefaultPage()
    {
        var model = new TestModel(TestModel.DefaultOptions with { DefaultPageSize = 3 });
        Enumerable.Range(0, 4).ToList().ForEach(_ => model.Launch());
        Assert.Equal([3, 1], Pages(model, "DescribeInstances").Select(page => page.Count));
    }

    [Theory]
    [InlineData("DescribeInstances", "4")]
    [InlineData("DescribeInstances", "1001")]
    [InlineData("DescribeInstanceTypes", "101")]
    [InlineData("DescribeNetworkInterfaces", "4")]
    public void Describe_MaxResultsOutOfRange_IsRefused(string action, string size)
    {
        var reply = new TestModel().Try(action, ("MaxResults", size));
        Assert.Equal("InvalidParameterValue", reply.Code);
        Assert.Contains($"Value ( {size} ) for parameter maxResults is invalid.", reply.Document.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void DescribeInstances_IdsWithMaxResults_IsRefused()
    {
        var model = new TestModel();
        Assert.Equal(
            "InvalidParameterCombination", model.Try("DescribeInstances", ("InstanceId.1", model.Launch()), ("MaxResults", "5")).Code);
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("bm9uc2Vuc2U")]
    public void Describe_TokenOfNoPage_IsRefused(string token) =>
        Assert.Equal("InvalidNextToken", new TestModel().Try("DescribeInstances", ("NextToken", token)).Code);

    [Fact]
    public void Describe_TokenOfOtherAction_IsRefused()
    {
        var model = new TestModel();
        Enumerable.Range(0, 6).ToList().ForEach(_ => model.Launch());
        var token = TestModel.Values(model.Call("DescribeInstances", ("MaxResults", "5")), "nextToken")[0];
        Assert.Equal("InvalidNextToken", model.Try("DescribeNetworkInterfaces", ("NextToken", token)).Code);
    }

    private static List<List<string>> Pages(TestModel model, string action, params (string, string)[] parameters)
    {
        var pages = new List<List<string>>();
        var token = default(string);
        do
        {
            var document = model.Call(action, token is null ? parameters : [.. parameters, ("NextToken", token)]);
            pages.Add([.. document.Descendants().Where(element => element.Name.LocalName == "instancesSet")
                .SelectMany(set => set.Elements()).Select(item => item.Elements().First().Value)]);
            token = TestModel.Values(document, "nextToken").SingleOrDefault();
        }
        while (token is not null);
        return pages;
    }
}
