using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Validation;

namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>
/// Reads a label selector's text. Its complaints are those of the Go parser that real API servers use. For one use.
/// </summary>
internal sealed class LabelSelectorParser
{
    private readonly LabelSelectorLexer _lexer;
    private string _token;

    public LabelSelectorParser(string text)
    {
        _lexer = new LabelSelectorLexer(text);
        _token = _lexer.Next();
    }

    private bool AtWord => _token.Length > 0 && char.IsLetterOrDigit(_token[0]) || _token.Length > 0 && "._-/".Contains(_token[0]);

    public IReadOnlyList<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (_token.Length > 0)
        {
            if (!AtWord && _token != "!")
            {
                throw new SelectorException($"found '{_token}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(Requirement());
            if (_token.Length == 0)
            {
                break;
            }

            Separator();
        }

        return requirements;
    }

    private void Separator()
    {
        if (_token != ",")
        {
            throw new SelectorException($"found '{_token}', expected: ',' or 'end of string'");
        }

        Take();
        if (!AtWord && _token != "!")
        {
            throw new SelectorException($"found '{_token}', expected: identifier after ','");
        }
    }

    private LabelRequirement Requirement()
    {
        bool negated = _token == "!";
        if (negated)
        {
            Take();
        }

        string key = Word("identifier");
        if (_token is "" or ",")
        {
            return new LabelRequirement(key, negated ? SelectorOperator.DoesNotExist : SelectorOperator.Exists, []);
        }

        if (negated)
        {
            return new LabelRequirement(key, SelectorOperator.DoesNotExist, []);
        }

        LabelRequirement requirement = Comparison(key, Take());
        for (int i = 0; i < requirement.Values.Count; i++)
        {
            if (Names.LabelValueErrors(requirement.Values[i]).FirstOrDefault() is { } wrong)
            {
                throw Unparsable($"values[{i}][{key}]: Invalid value: {GoText.Quote(requirement.Values[i])}: {wrong}");
            }
        }

        return requirement;
    }

    private LabelRequirement Comparison(string key, string symbol)
    {
        return symbol switch
        {
            "=" or "==" => new LabelRequirement(key, SelectorOperator.In, [ExactValue()]),
            "!=" => new LabelRequirement(key, SelectorOperator.NotIn, [ExactValue()]),
            "in" => new LabelRequirement(key, SelectorOperator.In, Values()),
            "notin" => new LabelRequirement(key, SelectorOperator.NotIn, Values()),
            ">" => new LabelRequirement(key, SelectorOperator.GreaterThan, [ExactValue()]),
            "<" => new LabelRequirement(key, SelectorOperator.LessThan, [ExactValue()]),
            _ => throw Unparsable($"found '{symbol}', expected: in, notin, =, ==, !=, gt, lt"),
        };
    }

    private string ExactValue() => _token is "" or "," ? "" : Word("identifier");

    private List<string> Values()
    {
        if (_token != "(")
        {
            throw Unparsable($"found '{_token}' expected: '('");
        }

        Take();
        var values = new List<string>();
        while (_token != ")")
        {
            values.Add(_token == "," ? "" : Word("',', ')' or identifier"));
            if (_token == ",")
            {
                Take();
            }
            else if (_token != ")")
            {
                throw Unparsable($"found '{_token}', expected: ',' or ')'");
            }
        }

        Take();
        return values;
    }

    private string Word(string expected) => AtWord ? Take() : throw Unparsable($"found '{_token}', expected: {expected}");

    private string Take()
    {
        string taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private static SelectorException Unparsable(string why) => new($"unable to parse requirement: {why}");
}
