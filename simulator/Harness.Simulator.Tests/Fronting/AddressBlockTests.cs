using System.Net;
using Harness.Simulator.Fronting;

namespace Harness.Simulator.Tests.Fronting;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("127.7.0.1", true)]
    [InlineData("127.7.255.254", true)]
    [InlineData("::ffff:127.7.3.4", true)]
    [InlineData("127.8.0.1", false)]
    [InlineData("10.7.0.1", false)]
    [InlineData("::1", false)]
    public void Contains_Address_TellsWhetherItIsInTheBlock(string address, bool expected) =>
        Assert.Equal(expected, new AddressBlock(7).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Constructor_NumberOutsideItsRange_IsRefused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressBlock(number));
}
