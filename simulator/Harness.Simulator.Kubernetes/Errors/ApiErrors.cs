using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Errors;

/// <summary>
/// The refusals of the API server, in the words a real one uses (recorded from kube-apiserver 1.34). Each gives an exception to throw.
/// </summary>
internal static class ApiErrors
{
    public static ApiStatusException NotFound(ApiResource resource, string name) =>
        Of(404, "NotFound", $"{resource.QualifiedPlural} \"{name}\" not found", Details(resource, name));

    public static ApiStatusException AlreadyExists(ApiResource resource, string name) =>
        Of(409, "AlreadyExists", $"{resource.QualifiedPlural} \"{name}\" already exists", Details(resource, name));

    public static ApiStatusException BeingDeleted(ApiResource resource, string name) =>
        Of(409, "AlreadyExists", $"object is being deleted: {resource.QualifiedPlural} \"{name}\" already exists", Details(resource, name));

    public static ApiStatusException Conflict(ApiResource resource, string name, string why) =>
        Of(409, "Conflict", $"Operation cannot be fulfilled on {resource.QualifiedPlural} \"{name}\": {why}", Details(resource, name));

    public static ApiStatusException Modified(ApiResource resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiStatusException WrongUid(ApiResource resource, ObjectKey key, string wanted, string actual) =>
        Conflict(resource, key.Name, $"StorageError: invalid object, Code: 4, Key: /registry/{resource.Plural}/{key.Path}, ResourceVersion: 0, "
            + $"AdditionalErrorMsg: Precondition failed: UID in precondition: {wanted}, UID in object meta: {actual}");

    public static ApiStatusException DeletePrecondition(StoredObject current, string why)
    {
        var details = new StatusDetails { Kind = current.Resource.Kind };
        SetNames(details, current.Key.Name, current.Resource.Group);
        return Of(409, "Conflict", $"Operation cannot be fulfilled on {current.Resource.QualifiedKind} \"{current.Key.Name}\": {why}", details);
    }

    /// <summary>The answer to a taken name, for a sender who also left it to the server to make one up.</summary>
    public static ApiStatusException NoUniqueName(ApiStatusException taken)
    {
        Status status = taken.Status.Clone();
        status.Message += ", the server was not able to generate a unique name";
        status.Details.RetryAfterSeconds = 1;
        return new ApiStatusException(status);
    }

    public static ApiStatusException Forbidden(ApiResource resource, string name, string why)
    {
        string which = name.Length == 0 ? resource.QualifiedPlural : $"{resource.QualifiedPlural} \"{name}\"";
        return Of(403, "Forbidden", $"{which} is forbidden: {why}", Details(resource, name));
    }

    public static ApiStatusException Invalid(ApiResource resource, string name, IReadOnlyList<FieldError> errors) =>
        Invalid(resource.Kind, resource.Group, name, errors);

    public static ApiStatusException Invalid(string kind, string group, string name, IReadOnlyList<FieldError> errors)
    {
        string qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        string all = string.Join(", ", errors.Select(error => error.ToString()).Distinct());
        var details = new StatusDetails { Kind = kind };
        SetNames(details, name, group);
        details.Causes.AddRange(errors.Select(error => error.ToCause()));
        string message = $"{qualified} \"{name}\" is invalid: {(errors.Count > 1 ? $"[{all}]" : all)}";
        return Of(422, "Invalid", message, details);
    }

    public static ApiStatusException BadRequest(string message) => Of(400, "BadRequest", message);

    public static ApiStatusException Unauthorized() => Of(401, "Unauthorized", "Unauthorized");

    public static ApiStatusException UnknownResource() =>
        Of(404, "NotFound", "the server could not find the requested resource", new StatusDetails());

    public static ApiStatusException MethodNotAllowed(string message = "the server does not allow this method on the requested resource") =>
        Of(405, "MethodNotAllowed", message, new StatusDetails());

    public static ApiStatusException NotAcceptable(string offers) =>
        Of(406, "NotAcceptable", $"only the following media types are accepted: {offers}");

    public static ApiStatusException UnsupportedMediaType(string message) => Of(415, "UnsupportedMediaType", message);

    public static ApiStatusException Expired(string message) => Of(410, "Expired", message);

    public static ApiStatusException Internal(string message)
    {
        var details = new StatusDetails();
        details.Causes.Add(new StatusCause { Message = message });
        return Of(500, "InternalError", $"Internal error occurred: {message}", details);
    }

    /// <summary>Says which operation this server leaves out. A real one has it; nothing here pretends to.</summary>
    public static ApiStatusException NotImplemented(string operation) =>
        Of(501, "NotImplemented", $"the embedded API server does not implement {operation}");

    public static ApiStatusException Of(int code, string reason, string message, StatusDetails? details = null)
    {
        var status = new Status { Metadata = new ListMeta(), Status_ = "Failure", Message = message, Code = code };
        if (reason.Length > 0)
        {
            status.Reason = reason;
        }

        if (details is not null)
        {
            status.Details = details;
        }

        return new ApiStatusException(status);
    }

    public static StatusDetails Details(ApiResource resource, string name)
    {
        var details = new StatusDetails { Kind = resource.Plural };
        SetNames(details, name, resource.Group);
        return details;
    }

    private static void SetNames(StatusDetails details, string name, string group)
    {
        if (name.Length > 0)
        {
            details.Name = name;
        }

        if (group.Length > 0)
        {
            details.Group = group;
        }
    }
}
