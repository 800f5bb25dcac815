using Harness.Simulator.Kubernetes.Comparison.Requests;

namespace Harness.Simulator.Kubernetes.Comparison.Tests.Requests;

public sealed class ChapterReaderTests
{
    private static readonly ChapterReader _reader = new("### {{life}}/make\nPOST {{collection}}\n{{object}}\n### {{life}}/read\nGET {{collection}}/{{Name}}\n");

    [Fact]
    public void Read_WholeStep_HasAllItsParts()
    {
        Step step = Assert.Single(_reader.Read("c", """
            @alias policy/v1 poddisruptionbudgets = policy/v1beta1
            ### one
            POST /api/v1/pods?x=1
            User: limited
            Accept: table
            {"a":
             {"b":1}}
            > rv = metadata.resourceVersion
            > only metadata
            """).Steps);

        Assert.Equal(("one", "POST", "/api/v1/pods?x=1", "limited", "metadata"), (step.Name, step.Method, step.Target, step.User, step.Only));
        Assert.Equal("application/json;as=Table;v=v1;g=meta.k8s.io", Assert.Single(step.Headers).Value);
        Assert.Equal("{\"a\":\n {\"b\":1}}", step.Body);
        Assert.Equal(new Capture("rv", "metadata.resourceVersion"), Assert.Single(step.Captures));
    }

    [Fact]
    public void Read_Alias_IsOfTheChapter() =>
        Assert.Equal(new VersionAlias("policy/v1", "pdbs", "policy/v1beta1"), Assert.Single(_reader.Read("c", "@alias policy/v1 pdbs = policy/v1beta1\n### a\nGET /").Aliases));

    [Fact]
    public void Read_Life_BecomesTheStepsOfTheTemplate()
    {
        IReadOnlyList<Step> steps = _reader.Read("c", "### cm\nLIFE /api/v1/configmaps\nName: x\n{\"a\":1}\n").Steps;

        Assert.Equal(["cm/make POST /api/v1/configmaps {\"a\":1}", "cm/read GET /api/v1/configmaps/x "], steps.Select(step => $"{step.Name} {step.Method} {step.Target} {step.Body}"));
    }

    [Theory]
    [InlineData("### a\nGET\n", "METHOD")]
    [InlineData("### a\nGET /\n### a\nGET /\n", "twice")]
    [InlineData("### a\nGET /\n> what is this\n", "neither")]
    [InlineData("@alias x\n### a\nGET /\n", "alias")]
    [InlineData("### a\nLIFE /x\n", "object")]
    public void Read_WhatCannotBe_SaysWhereAndWhy(string text, string why) =>
        Assert.Contains(why, Assert.Throws<RequestFormatException>(() => _reader.Read("c", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fill_VariablesAndRepetitions_AreReplaced()
    {
        var variables = new Variables();
        variables.Set("rv", "7");

        Assert.Equal("7 aaa no-uid", variables.Fill("{{rv}} {{repeat a 3}} {{uid}}"));
    }

    [Fact]
    public void Chapters_ThatAreShipped_CanAllBeRead() => Assert.True(RequestSet.Names.Sum(name => RequestSet.Read(name).Steps.Count) > 300);
}
