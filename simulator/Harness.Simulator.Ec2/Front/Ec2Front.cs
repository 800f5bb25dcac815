using Harness.Simulator.Ec2.Engine;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Ec2.Front;

/// <summary>
/// The HTTP end of the Query API: reads a call out of a form POST or a query string, tells EC2 from STS, gives it to the engine, and writes
/// the XML. Owns the listener. Thread-safe.
/// </summary>
internal sealed class Ec2Front : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Ec2Front(WebApplication application) => _application = application;

    public Uri Endpoint => new(_application.Urls.First());

    public static async Task<Ec2Front> StartAsync(
        Ec2SimulatorOptions options, Ec2Engine engine, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Replace(ServiceDescriptor.Singleton(loggerFactory));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.ListenOn);
        });
        var application = builder.Build();
        var calls = new CallReader(options.RequireAuthorization);
        var requestIds = new RequestIds(options.Seed);
        application.Run(context => AnswerAsync(context, calls, engine, options, requestIds.Next()));
        try
        {
            await application.StartAsync(cancellationToken);
            return new Ec2Front(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task AnswerAsync(
        HttpContext context, CallReader calls, Ec2Engine engine, Ec2SimulatorOptions options, string requestId)
    {
        var call = await calls.ReadAsync(context.Request, context.RequestAborted);
        var reply = Answer(call, engine, options.World, requestId);
        await WriteAsync(context.Response, reply, requestId, context.RequestAborted);
    }

    private static Ec2Reply Answer(AwsCall call, Ec2Engine engine, SeedWorld world, string requestId)
    {
        var parameters = new QueryParameters(call.Parameters);
        if (call is { Service: AwsService.Ec2, Refusal: null })
        {
            return engine.Execute(new Ec2Request(call.Action, parameters, requestId), call.AccessKeyId);
        }

        var reply = call is { Service: AwsService.Ec2, Refusal: { } refusal }
            ? new Ec2Reply(refusal.Status, refusal.Code, Ec2Model.ErrorDocument(refusal.Code, refusal.Message, requestId), [])
            : StsModel.Answer(call, world, requestId);
        engine.Record(call.Action, parameters, reply, call.AccessKeyId);
        return reply;
    }

    private static async Task WriteAsync(HttpResponse response, Ec2Reply reply, string requestId, CancellationToken cancellationToken)
    {
        var body = XmlDocumentWriter.Write(reply.Document);
        response.StatusCode = (int)reply.Status;
        response.ContentType = "text/xml;charset=UTF-8";
        response.ContentLength = body.Length;
        response.Headers["x-amzn-RequestId"] = requestId;
        await response.Body.WriteAsync(body, cancellationToken);
    }
}
