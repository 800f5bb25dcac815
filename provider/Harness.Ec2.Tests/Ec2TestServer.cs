using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Harness.Ec2.Tests;

/// <summary>
/// A scripted EC2 on a free port of the loopback address: it answers each request with the next of its answers (the last one again
/// and again) and keeps what was asked.
/// </summary>
internal sealed class Ec2TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private Func<HttpContext, Task>? _last;

    private Ec2TestServer(WebApplication app)
    {
        _app = app;
    }

    public ConcurrentQueue<Ec2TestRequest> Requests { get; } = new();

    public string Url => _app.Urls.Single();

    public static async Task<Ec2TestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new Ec2TestServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public Ec2TestServer Answer(string xml, int status = 200) => Answer(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml;charset=UTF-8";
        await context.Response.WriteAsync(xml);
    });

    public Ec2TestServer AnswerError(string code, string message, int status) => Answer(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>req-1</RequestID></Response>",
        status);

    public Ec2TestServer Answer(Func<HttpContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new Ec2TestRequest(context.Request.Method, context.Request.Path, headers, body));
        if (_answers.TryDequeue(out var next))
        {
            _last = next;
        }

        await _last!(context);
    }
}
