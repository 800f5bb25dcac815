using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Grpc.Reflection;

/// <summary>
/// What an application's mapped services are described by: their files, and those that these import. Read with the first question, when all
/// services are mapped. Thread-safe.
/// </summary>
internal sealed class ServedSymbols
{
    private readonly Lazy<Index> _index;

    public ServedSymbols(EndpointDataSource endpoints)
    {
        _index = new Lazy<Index>(() => Read(endpoints));
    }

    /// <summary>Full names, sorted.</summary>
    public IReadOnlyList<string> Services => _index.Value.Services;

    public FileDescriptor? FileNamed(string name) => _index.Value.Files.GetValueOrDefault(name);

    /// <summary>The file that describes a service, method, message, field, enum or enum value; by its full name.</summary>
    public FileDescriptor? FileOf(string symbol)
    {
        for (var name = symbol; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            if (_index.Value.Symbols.TryGetValue(name, out var found))
            {
                return name == symbol || HasMember(found, symbol[(name.Length + 1)..]) ? found.File : null;
            }
        }

        return null;
    }

    /// <summary>The extensions of a message among the files here, by number; null when there is no such message.</summary>
    public IReadOnlyDictionary<int, FileDescriptor>? ExtensionsOf(string message)
    {
        if (_index.Value.Symbols.GetValueOrDefault(message) is not MessageDescriptor)
        {
            return null;
        }

        return _index.Value.Files.Values
            .SelectMany(file => file.Extensions.UnorderedExtensions)
            .Where(extension => extension.ExtendeeType.FullName == message)
            .ToDictionary(extension => extension.FieldNumber, extension => extension.File);
    }

    private static bool HasMember(IDescriptor parent, string name) => parent switch
    {
        ServiceDescriptor service => service.FindMethodByName(name) is not null,
        MessageDescriptor message => message.FindFieldByName(name) is not null || message.Oneofs.Any(oneof => oneof.Name == name),
        _ => false,
    };

    private static Index Read(EndpointDataSource endpoints)
    {
        var index = new Index();
        var services = endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>())
            .OfType<GrpcMethodMetadata>()
            .Select(method => DescriptorOf(method.ServiceType))
            .OfType<ServiceDescriptor>()
            .Distinct()
            .OrderBy(service => service.FullName, StringComparer.Ordinal);
        foreach (var service in services)
        {
            index.Services.Add(service.FullName);
            index.Add(service.File);
        }

        return index;
    }

    /// <summary>Generated code keeps the descriptor beside the method that binds the service.</summary>
    private static ServiceDescriptor? DescriptorOf(Type service)
    {
        for (var type = service; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
            {
                return attribute.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
            }
        }

        return null;
    }

    private sealed class Index
    {
        public List<string> Services { get; } = [];

        public Dictionary<string, FileDescriptor> Files { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, IDescriptor> Symbols { get; } = new(StringComparer.Ordinal);

        public void Add(FileDescriptor file)
        {
            if (!Files.TryAdd(file.Name, file))
            {
                return;
            }

            foreach (var service in file.Services)
            {
                Symbols[service.FullName] = service;
            }

            AddAll(file.MessageTypes, file.EnumTypes);
            foreach (var import in file.Dependencies)
            {
                Add(import);
            }
        }

        private void AddAll(IEnumerable<MessageDescriptor> messages, IEnumerable<EnumDescriptor> enums)
        {
            foreach (var each in enums)
            {
                Symbols[each.FullName] = each;
                // Values stand beside their enum in protobuf's scopes, not within it.
                var scope = each.FullName[..(each.FullName.LastIndexOf('.') + 1)];
                foreach (var value in each.Values)
                {
                    Symbols[scope + value.Name] = value;
                }
            }

            foreach (var message in messages)
            {
                Symbols[message.FullName] = message;
                AddAll(message.NestedTypes, message.EnumTypes);
            }
        }
    }
}
