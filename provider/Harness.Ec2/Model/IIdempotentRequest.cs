namespace Harness.Ec2.Model;

/// <summary>A request whose repetition EC2 recognises by a token, so that a retry creates nothing twice.</summary>
public interface IIdempotentRequest
{
    /// <summary>At most 64 ASCII characters. One is made for the call when it is null.</summary>
    string? ClientToken { get; set; }
}
