using System.Text;

namespace Harness.Agent.Launching;

/// <summary>
/// Kubernetes' $(NAME) in command, args and env values: a known name is replaced, $$ stands for a single $ (so $$(NAME) is left as
/// $(NAME)), and an unknown name stays as it is written.
/// </summary>
internal static class VariableExpansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$'))
        {
            return text;
        }

        var expanded = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '$' || index + 1 == text.Length)
            {
                expanded.Append(text[index]);
            }
            else
            {
                index += AppendReference(expanded, text, index, variables);
            }
        }

        return expanded.ToString();
    }

    /// <summary>Handles the $ at the index; returns how many characters beyond it were consumed.</summary>
    private static int AppendReference(StringBuilder expanded, string text, int index, IReadOnlyDictionary<string, string> variables)
    {
        if (text[index + 1] == '$')
        {
            expanded.Append('$');
            return 1;
        }

        var close = text[index + 1] == '(' ? text.IndexOf(')', index + 2) : -1;
        if (close < 0)
        {
            expanded.Append('$');
            return 0;
        }

        var name = text[(index + 2)..close];
        expanded.Append(variables.TryGetValue(name, out var value) ? value : text[index..(close + 1)]);
        return close - index;
    }
}
