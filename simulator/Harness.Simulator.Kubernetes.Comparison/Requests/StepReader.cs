namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>Reads the text of one step. Pure.</summary>
internal static class StepReader
{
    public static Step Read(string chapter, string block)
    {
        var lines = new Queue<string>(block.Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal)));
        string name = lines.Dequeue().Trim();
        string[] request = lines.TryDequeue(out string? first) ? first.Split(' ', 2, StringSplitOptions.TrimEntries) : [];
        if (request.Length != 2)
        {
            throw new RequestFormatException(chapter, name, "the line after the name must be METHOD and path");
        }

        var headers = new List<KeyValuePair<string, string>>();
        string user = "admin";
        while (lines.TryPeek(out string? line) && Header(line) is { } header)
        {
            lines.Dequeue();
            if (header.Key == "User")
            {
                user = header.Value;
            }
            else
            {
                headers.Add(header);
            }
        }

        List<string> rest = [.. lines];
        string body = string.Join('\n', rest.Where(line => !IsRemark(line))).Trim();
        var step = new Step(name, request[0], request[1], headers, body.Length == 0 ? null : body) { User = user };
        return rest.Where(IsRemark).Aggregate(step, (current, line) => Remark(chapter, current, line[2..].Trim()));
    }

    private static bool IsRemark(string line) => line.StartsWith("> ", StringComparison.Ordinal);

    private static KeyValuePair<string, string>? Header(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && line[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && char.IsAsciiLetter(line[0])
            ? new(line[..colon], Abbreviations.Expand(line[..colon], line[(colon + 2)..].Trim()))
            : null;
    }

    private static Step Remark(string chapter, Step step, string remark)
    {
        string[] words = remark.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["shape"] => step with { ShapeOnly = true },
            ["only", var path] => step with { Only = path },
            [var variable, "=", var path] => step with { Captures = [.. step.Captures, new Capture(variable, path)] },
            _ => throw new RequestFormatException(chapter, step.Name, $"'> {remark}' is neither 'shape', 'only PATH' nor 'NAME = PATH'"),
        };
    }
}
