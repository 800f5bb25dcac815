namespace Harness.Ec2;

/// <summary>What a failed EC2 call means for whoever made it.</summary>
public enum Ec2ErrorKind
{
    /// <summary>EC2 refused: nothing was done, and the same call will be refused again.</summary>
    Refused,

    /// <summary>EC2 has no capacity for this type in this zone now: nothing was done; later or elsewhere it may be.</summary>
    Capacity,

    /// <summary>EC2 was asked too often: nothing was done.</summary>
    Throttled,

    /// <summary>The request never left: no connection, or no credentials. Nothing was done.</summary>
    NotSent,

    /// <summary>Whether it was done is not known (timeout, lost connection, 5xx): look before trying anew, or repeat with the same token.</summary>
    Unknown,
}
