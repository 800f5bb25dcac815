using Harness.Provider.KubeletApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Harness.Provider.Tests.KubeletApi;

public sealed class LogQueryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_Nothing_AsksForTheWholeLog()
    {
        var request = Read("").Request!;
        Assert.Equal(("main", false, false, false), (request.Container, request.Follow, request.Previous, request.Timestamps));
        Assert.False(request.HasTailLines || request.HasLimitBytes);
        Assert.Null(request.Since);
    }

    [Fact]
    public void Read_Everything_IsPassedOn()
    {
        var request = Read("?follow=true&previous=1&timestamps=true&tailLines=0&limitBytes=10&sinceSeconds=60").Request!;
        Assert.Equal((true, true, true, 0, 10), (request.Follow, request.Previous, request.Timestamps, request.TailLines, request.LimitBytes));
        Assert.Equal(Now.AddMinutes(-1), request.Since.ToDateTimeOffset());
    }

    [Fact]
    public void Read_SinceTime_IsPassedOn() =>
        Assert.Equal(Now.AddHours(-2), Read("?sinceTime=2025-12-31T22:00:00Z").Request!.Since.ToDateTimeOffset());

    [Theory]
    [InlineData("?tailLines=-1", "tailLines")]
    [InlineData("?tailLines=many", "tailLines")]
    [InlineData("?limitBytes=0", "limitBytes")]
    [InlineData("?sinceSeconds=0", "sinceSeconds")]
    [InlineData("?sinceTime=yesterday", "sinceTime")]
    [InlineData("?follow=perhaps", "follow")]
    [InlineData("?sinceTime=2025-12-31T22:00:00Z&sinceSeconds=5", "at most one")]
    public void Read_Wrong_SaysWhich(string query, string expected)
    {
        var (request, problem) = Read(query);
        Assert.Null(request);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    private static (Agent.Contract.V1.ReadLogsRequest? Request, string Problem) Read(string query) =>
        LogQuery.Read("main", new QueryCollection(QueryHelpers.ParseQuery(query)), Now);
}
