using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Harness.Provider.Launching;

/// <summary>
/// The user data of an instance: JSON, in base64 twice (once for the reader on the instance, once for the EC2 API). Pure, and
/// the same bytes for the same input: a repeated launch request must equal the first.
/// </summary>
internal sealed record UserData(string VmInitConfig, string BootstrapAgentConfig, string? DownloadUrl)
{
    public string Encode()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("vm-init-config", VmInitConfig);
            writer.WriteString("bootstrap-agent-config", BootstrapAgentConfig);
            writer.WriteString("bootstrap-agent-download-url", DownloadUrl ?? "");
            writer.WriteEndObject();
        }

        var inner = Convert.ToBase64String(buffer.WrittenSpan);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(inner));
    }
}
