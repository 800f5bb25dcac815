using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Harness.Ec2.Model;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Pipeline;

/// <summary>Reads the answer to one operation, or its error, from the body. One for each call.</summary>
internal sealed class Ec2ResponseUnmarshaller(string operation, Func<Ec2XmlReader, AmazonEC2Response> read) : XmlResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        using var xml = new Ec2XmlReader(context.Stream);
        xml.Root();
        var response = read(xml);
        response.ResponseMetadata = new ResponseMetadata { RequestId = xml.RequestId };
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = Ec2ErrorDocument.Read(context.Stream);
        var message = error.Code is null
            ? $"{operation}: EC2 answered HTTP {(int)statusCode} without an error document"
            : $"{operation}: {error.Code}: {error.Message} (request {error.RequestId ?? "without id"})";
        return new Ec2Exception(operation, message, error.Code, error.RequestId, statusCode, innerException);
    }
}
