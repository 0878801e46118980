namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>One operation of a document.</summary>
/// <param name="Type"><c>query</c>, <c>mutation</c> or <c>subscription</c>.</param>
/// <param name="Name">Its name, or empty.</param>
/// <param name="Fields">The fields that it selects, without what they select.</param>
internal sealed record GraphQlOperation(string Type, string Name, IReadOnlyList<string> Fields);

/// <summary>Parses executable documents (GraphQL specification §2) as far as items need them, and refuses everything else.</summary>
internal ref struct GraphQlDocument
{
    private const int DepthLimit = 64;
    private const int FieldLimit = 100;
    private GraphQlTokens _tokens;

    private GraphQlDocument(ReadOnlySpan<char> text) => _tokens = new GraphQlTokens(text);

    /// <summary>The operations of <paramref name="text"/>, at least one; null where it is no executable document.</summary>
    public static IReadOnlyList<GraphQlOperation>? Parse(ReadOnlySpan<char> text)
    {
        var document = new GraphQlDocument(text);
        var operations = new List<GraphQlOperation>();
        while (document._tokens.Kind != GraphQlToken.End)
        {
            if (!document.ReadDefinition(operations)) return null;
        }

        return operations.Count > 0 ? operations : null;
    }

    private bool ReadDefinition(List<GraphQlOperation> operations)
    {
        var fields = new List<string>();
        if (_tokens.Is('{'))
        {
            operations.Add(new GraphQlOperation("query", "", fields));
            return ReadSelections(0, fields);
        }

        if (!_tokens.TryTakeName(out var keyword)) return false;
        if (keyword is "fragment") return _tokens.TryTakeName(out _) && TakeWord("on") && _tokens.TryTakeName(out _) && ReadDirectives() && ReadSelections(0, null);
        if (keyword is not ("query" or "mutation" or "subscription")) return false;
        _tokens.TryTakeName(out var name);
        operations.Add(new GraphQlOperation(keyword.ToString(), name.ToString(), fields));
        return ReadVariables() && ReadDirectives() && ReadSelections(0, fields);
    }

    private bool TakeWord(string word) => _tokens.TryTakeName(out var name) && name.SequenceEqual(word);

    private bool ReadVariables()
    {
        if (!_tokens.TryTake('(')) return true;
        while (!_tokens.TryTake(')'))
        {
            if (!_tokens.TryTake('$') || !_tokens.TryTakeName(out _) || !_tokens.TryTake(':') || !ReadType(0)) return false;
            if (_tokens.TryTake('=') && !ReadValue(0)) return false;
            if (!ReadDirectives()) return false;
        }

        return true;
    }

    private bool ReadType(int depth)
    {
        if (depth > DepthLimit) return false;
        if (_tokens.TryTake('['))
        {
            if (!ReadType(depth + 1) || !_tokens.TryTake(']')) return false;
        }
        else if (!_tokens.TryTakeName(out _))
        {
            return false;
        }

        _tokens.TryTake('!');
        return true;
    }

    private bool ReadDirectives()
    {
        while (_tokens.TryTake('@'))
        {
            if (!_tokens.TryTakeName(out _) || !ReadArguments(0)) return false;
        }

        return true;
    }

    private bool ReadArguments(int depth)
    {
        if (!_tokens.TryTake('(')) return true;
        do
        {
            if (!_tokens.TryTakeName(out _) || !_tokens.TryTake(':') || !ReadValue(depth + 1)) return false;
        }
        while (!_tokens.TryTake(')'));
        return true;
    }

    private bool ReadSelections(int depth, List<string>? fields)
    {
        if (depth > DepthLimit || !_tokens.TryTake('{') || _tokens.Is('}')) return false;
        while (!_tokens.TryTake('}'))
        {
            if (!(_tokens.TryTake('.') ? ReadSpread(depth) : ReadField(depth, fields))) return false;
        }

        return true;
    }

    private bool ReadSpread(int depth)
    {
        var isInline = !_tokens.TryTakeName(out var name);
        if (name is "on")
        {
            isInline = true;
            if (!_tokens.TryTakeName(out _)) return false;
        }

        return ReadDirectives() && (!isInline || ReadSelections(depth + 1, null));
    }

    private bool ReadField(int depth, List<string>? fields)
    {
        if (!_tokens.TryTakeName(out var name)) return false;
        if (_tokens.TryTake(':') && !_tokens.TryTakeName(out name)) return false;
        if (fields is { Count: < FieldLimit }) fields.Add(name.ToString());
        return ReadArguments(depth) && ReadDirectives() && (!_tokens.Is('{') || ReadSelections(depth + 1, null));
    }

    private bool ReadValue(int depth)
    {
        if (depth > DepthLimit) return false;
        if (_tokens.TryTake('$')) return _tokens.TryTakeName(out _);
        if (_tokens.TryTake('['))
        {
            while (!_tokens.TryTake(']'))
            {
                if (!ReadValue(depth + 1)) return false;
            }

            return true;
        }

        if (_tokens.TryTake('{'))
        {
            while (!_tokens.TryTake('}'))
            {
                if (!_tokens.TryTakeName(out _) || !_tokens.TryTake(':') || !ReadValue(depth + 1)) return false;
            }

            return true;
        }

        if (_tokens.Kind is not (GraphQlToken.Name or GraphQlToken.Number or GraphQlToken.Text)) return false;
        _tokens.Next();
        return true;
    }
}
