namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>
/// Cuts a label selector's text into symbols and words; the empty string stands for the end. Used by one parser.
/// </summary>
internal sealed class LabelSelectorLexer(string text)
{
    private const string Special = "=!(),><";

    private int _position;

    public string Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        if (_position == text.Length)
        {
            return "";
        }

        int start = _position;
        return Special.Contains(text[start]) ? Symbol() : Word(start);
    }

    private string Symbol()
    {
        string two = _position + 1 < text.Length ? text.Substring(_position, 2) : "";
        string symbol = two is "==" or "!=" ? two : text.Substring(_position, 1);
        _position += symbol.Length;
        return symbol;
    }

    private string Word(int start)
    {
        while (_position < text.Length && !char.IsWhiteSpace(text[_position]) && !Special.Contains(text[_position]))
        {
            _position++;
        }

        return text[start.._position];
    }
}
