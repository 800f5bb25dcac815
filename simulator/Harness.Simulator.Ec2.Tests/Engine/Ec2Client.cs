using System.Net;
using System.Xml.Linq;

namespace Harness.Simulator.Ec2.Tests.Engine;

/// <summary>Calls an emulated EC2 over HTTP as plainly as can be, with a well-formed signature header.</summary>
internal sealed class Ec2Client(Uri endpoint) : IDisposable
{
    public const string Authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-west-2/ec2/aws4_request, SignedHeaders=host;x-amz-date, "
        + "Signature=0000000000000000000000000000000000000000000000000000000000000000";

    private readonly HttpClient _http = new() { BaseAddress = endpoint };

    public async Task<(HttpStatusCode Status, XElement Document)> PostAsync(string action, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent(Form(action, parameters)) };
        request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        return await SendAsync(request);
    }

    public async Task<(HttpStatusCode Status, XElement Document)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Launches one instance and gives its id.</summary>
    public async Task<string> LaunchAsync(params (string Name, string Value)[] more)
    {
        var (status, document) = await PostAsync("RunInstances", TestModel.Launching(more));
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        return TestModel.Values(document, "instanceId")[0];
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<KeyValuePair<string, string>> Form(string action, (string Name, string Value)[] parameters) =>
        parameters.Prepend(("Version", "2016-11-15")).Prepend(("Action", action))
            .Select(parameter => KeyValuePair.Create(parameter.Item1, parameter.Item2));
}
