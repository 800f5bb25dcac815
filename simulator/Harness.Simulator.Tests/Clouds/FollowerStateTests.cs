using System.Net;
using Harness.Simulator.Clouds.Following;

namespace Harness.Simulator.Tests.Clouds;

/// <summary>What a follower does about the lists of an EC2, event by event. The actions are written as text: <c>boot i-1 10.0.0.4</c>.</summary>
public sealed class FollowerStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FollowerPolicy NoDelay = new(TimeSpan.Zero);

    public static TheoryData<string, string[], string[]> Sequences => new()
    {
        { "a pending instance is booted once", ["i-1 pending .4", "i-1 running .4"], ["boot i-1 10.0.0.4", ""] },
        { "an instance without an address waits for it", ["i-1 pending -", "i-1 running .4"], ["", "boot i-1 10.0.0.4"] },
        { "a terminated instance's machine ends, once", ["i-1 running .4", "i-1 shutting-down .4", "i-1 terminated -"], ["boot i-1 10.0.0.4", "end i-1", ""] },
        { "what was never on is left alone", ["i-1 terminated -, i-2 stopped .5"], [""] },
        { "a stopped instance keeps its disk and boots again", ["i-1 running .4", "i-1 stopping .4", "ended i-1", "i-1 pending .4"], ["boot i-1 10.0.0.4", "end i-1 keep", "", "boot i-1 10.0.0.4"] },
        { "a start before the stop's end boots after it", ["i-1 running .4", "i-1 stopped .4", "i-1 pending .4", "ended i-1", "i-1 running .4"], ["boot i-1 10.0.0.4", "end i-1 keep", "", "", "boot i-1 10.0.0.4"] },
        { "a stopped instance that is terminated loses its disk", ["i-1 running .4", "i-1 stopped .4", "ended i-1", "i-1 terminated -"], ["boot i-1 10.0.0.4", "end i-1 keep", "", "end i-1"] },
        { "terminated while it stops: the disk goes, too", ["i-1 running .4", "i-1 stopping .4", "i-1 shutting-down .4", "ended i-1"], ["boot i-1 10.0.0.4", "end i-1 keep", "end i-1", ""] },
        { "an address is used again only once it is free", ["i-1 running .4", "i-1 terminated -, i-2 pending .4", "i-2 running .4", "ended i-1"], ["boot i-1 10.0.0.4", "end i-1", "", "boot i-2 10.0.0.4"] },
        { "two lists may leave an instance out", ["i-1 running .4", "", "", "i-1 running .4", "", ""], ["boot i-1 10.0.0.4", "", "", "", "", ""] },
        { "three lists in a row mean that it is gone", ["i-1 running .4", "", "", ""], ["boot i-1 10.0.0.4", "", "", "end i-1"] },
        { "an instance with another address moves", ["i-1 running .4", "i-1 running .9", "ended i-1", "i-1 running .9"], ["boot i-1 10.0.0.4", "end i-1 keep", "", "boot i-1 10.0.0.9"] },
        { "a boot that failed is tried again later", ["i-1 running .4", "failed i-1", "i-1 running .4", "+5 i-1 running .4"], ["boot i-1 10.0.0.4", "", "", "boot i-1 10.0.0.4"] },
        { "a failed boot of an instance that is gone is not tried again", ["i-1 running .4", "i-1 terminated -", "failed i-1", "ended i-1", "+9 "], ["boot i-1 10.0.0.4", "end i-1", "", "", ""] },
        { "news of machines that nobody knows are nothing", ["ended i-9", "failed i-9"], ["", ""] },
        { "several at once, each its own", ["i-2 pending .5, i-1 pending .4"], ["boot i-1 10.0.0.4; boot i-2 10.0.0.5"] },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void After_Events_OrdersTheseActions(string rule, string[] events, string[] expected)
    {
        Assert.NotEmpty(rule);
        var (state, now) = (FollowerState.Empty, Start);
        for (var step = 0; step < events.Length; step++)
        {
            now += TimeOf(events[step]);
            (state, var actions) = state.After(EventOf(events[step]), now, NoDelay);
            Assert.Equal(expected[step], string.Join("; ", actions.Select(Text)));
        }
    }

    [Fact]
    public void After_BootDelay_BootsAtTheFirstListAfterIt()
    {
        var policy = new FollowerPolicy(TimeSpan.FromSeconds(40));
        var pending = EventOf("i-1 pending .4");

        var (first, none) = FollowerState.Empty.After(pending, Start, policy);
        var (second, stillNone) = first.After(EventOf("i-1 running .4"), Start.AddSeconds(39), policy);
        var (_, boots) = second.After(EventOf("i-1 running .4"), Start.AddSeconds(40), policy);

        Assert.Empty(none);
        Assert.Empty(stillNone);
        Assert.Equal("boot i-1 10.0.0.4", Text(Assert.Single(boots)));
    }

    [Fact]
    public void After_EverythingTerminatedAndEnded_KnowsNothing()
    {
        var state = FollowerState.Empty;
        foreach (var text in (string[])["i-1 running .4, i-2 stopped .5", "i-1 terminated -, i-2 terminated -", "ended i-1", "ended i-2"])
        {
            (state, _) = state.After(EventOf(text), Start, NoDelay);
        }

        Assert.Empty(state.Hosts);
    }

    /// <summary>Whatever EC2 tells and in whichever order machines end: at no moment do two machines that are on have one address.</summary>
    [Fact]
    public void After_RandomEvents_NeverGivesOneAddressToTwoMachines()
    {
        var random = new Random(17);
        string[] states = ["pending", "running", "stopping", "stopped", "shutting-down", "terminated"];
        var state = FollowerState.Empty;
        var on = new Dictionary<string, IPAddress>();
        var orders = new List<FollowerAction.End>();
        for (var step = 0; step < 20_000; step++)
        {
            FollowerEvent happened;
            if (orders.Count > 0 && random.Next(3) == 0)
            {
                var end = orders[random.Next(orders.Count)];
                orders.Remove(end);
                on.Remove(end.InstanceId);
                happened = new FollowerEvent.Ended(end.InstanceId);
            }
            else
            {
                happened = new FollowerEvent.Listed([.. Enumerable.Range(0, 6).Where(_ => random.Next(8) > 0).Select(number =>
                    SeenOf($"i-{number} {states[random.Next(states.Length)]} .{4 + random.Next(3)}"))]);
            }

            (state, var actions) = state.After(happened, Start.AddSeconds(step), NoDelay);
            orders.AddRange(actions.OfType<FollowerAction.End>());
            foreach (var boot in actions.OfType<FollowerAction.Boot>())
            {
                on.Add(boot.InstanceId, boot.Address);
                Assert.Equal(on.Count, on.Values.Distinct().Count());
            }
        }
    }

    private static TimeSpan TimeOf(string text) => text.StartsWith('+') ? TimeSpan.FromSeconds(text[1] - '0') : TimeSpan.FromSeconds(0.5);

    private static FollowerEvent EventOf(string text)
    {
        text = text.StartsWith('+') ? text[3..] : text;
        return text.Split(' ') switch
        {
            ["ended", var id] => new FollowerEvent.Ended(id),
            ["failed", var id] => new FollowerEvent.BootFailed(id),
            _ => new FollowerEvent.Listed([.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(SeenOf)]),
        };
    }

    private static SeenInstance SeenOf(string text)
    {
        var words = text.Split(' ');
        var power = words[1] switch
        {
            "pending" or "running" => SeenPower.On,
            "stopping" or "stopped" => SeenPower.Off,
            _ => SeenPower.Gone,
        };
        return new SeenInstance(words[0], power, words[2] == "-" ? null : IPAddress.Parse("10.0.0" + words[2]));
    }

    private static string Text(FollowerAction action) => action switch
    {
        FollowerAction.Boot boot => $"boot {boot.InstanceId} {boot.Address}",
        FollowerAction.End { KeepsDisk: true } end => $"end {end.InstanceId} keep",
        _ => $"end {action.InstanceId}",
    };
}
