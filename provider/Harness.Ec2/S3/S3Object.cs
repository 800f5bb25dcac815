namespace Harness.Ec2.S3;

/// <summary>Where an object stands in S3.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The whole key, unescaped.</param>
/// <param name="Region">The bucket's region; it is part of the signature.</param>
/// <param name="Endpoint">Another S3 than AWS's (AWS_ENDPOINT_URL_S3): the bucket is then part of the path. Null for AWS.</param>
public sealed record S3Object(string Bucket, string Key, string Region, Uri? Endpoint = null);
