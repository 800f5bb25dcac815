using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>Answers single questions of server reflection. Thread-safe.</summary>
internal sealed class ReflectionAnswers(ServedSymbols symbols)
{
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.Add(symbols.Services.Select(name => new ServiceResponse { Name = name }));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFile(response, symbols.FileNamed(request.FileByFilename), $"file {request.FileByFilename}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFile(response, symbols.FileOf(request.FileContainingSymbol), $"symbol {request.FileContainingSymbol}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var (type, number) = (request.FileContainingExtension.ContainingType, request.FileContainingExtension.ExtensionNumber);
                SetFile(response, symbols.ExtensionsOf(type)?.GetValueOrDefault(number), $"extension {number} of {type}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetExtensions(response, request.AllExtensionNumbersOfType);
                break;
            default:
                SetError(response, StatusCode.InvalidArgument, "The request asks for nothing that is known here.");
                break;
        }

        return response;
    }

    private void SetExtensions(ServerReflectionResponse response, string type)
    {
        if (symbols.ExtensionsOf(type) is not { } extensions)
        {
            SetError(response, StatusCode.NotFound, $"There is no message {type} here.");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type };
        response.AllExtensionNumbersResponse.ExtensionNumber.Add(extensions.Keys.Order());
    }

    private static void SetFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            SetError(response, StatusCode.NotFound, $"There is no {what} here.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.Add(WithImports(file));
    }

    private static void SetError(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };

    /// <summary>The file first, then what it imports, each once.</summary>
    private static IEnumerable<ByteString> WithImports(FileDescriptor file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<FileDescriptor>([file]);
        while (waiting.TryDequeue(out var next))
        {
            if (seen.Add(next.Name))
            {
                yield return next.SerializedData;
                foreach (var import in next.Dependencies)
                {
                    waiting.Enqueue(import);
                }
            }
        }
    }
}
