namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>What a message is: its tag's number (RFC 4511 §4).</summary>
internal enum LdapOperation : byte
{
    BindRequest = 0,
    BindResponse = 1,
    UnbindRequest = 2,
    SearchRequest = 3,
    SearchResultEntry = 4,
    SearchResultDone = 5,
    ModifyRequest = 6,
    ModifyResponse = 7,
    AddRequest = 8,
    AddResponse = 9,
    DeleteRequest = 10,
    DeleteResponse = 11,
    ModifyDnRequest = 12,
    ModifyDnResponse = 13,
    CompareRequest = 14,
    CompareResponse = 15,
    AbandonRequest = 16,
    SearchResultReference = 19,
    ExtendedRequest = 23,
    ExtendedResponse = 24,
    IntermediateResponse = 25,
}

/// <summary>The parts of one message (RFC 4511 §4.1.1).</summary>
/// <param name="id">The message's number.</param>
/// <param name="operation">What it is.</param>
/// <param name="content">The operation's content, as far as it is there.</param>
/// <param name="controls">The controls' elements; empty where there are none.</param>
internal readonly ref struct LdapMessage(int id, LdapOperation operation, ReadOnlySpan<byte> content, ReadOnlySpan<byte> controls)
{
    private const byte ControlsTag = 0xa0;

    /// <summary>The message's number: responses repeat that of the request.</summary>
    public int Id { get; } = id;

    /// <summary>What it is.</summary>
    public LdapOperation Operation { get; } = operation;

    /// <summary>The operation's content.</summary>
    public ReadOnlySpan<byte> Content { get; } = content;

    /// <summary>The controls' elements.</summary>
    public ReadOnlySpan<byte> Controls { get; } = controls;

    /// <summary>Whether clients send such messages.</summary>
    public bool IsRequest => Operation is LdapOperation.BindRequest or LdapOperation.UnbindRequest or LdapOperation.SearchRequest or LdapOperation.ModifyRequest or LdapOperation.AddRequest
        or LdapOperation.DeleteRequest or LdapOperation.ModifyDnRequest or LdapOperation.CompareRequest or LdapOperation.AbandonRequest or LdapOperation.ExtendedRequest;

    /// <summary>Whether another response to the same request follows.</summary>
    public bool IsPart => Operation is LdapOperation.SearchResultEntry or LdapOperation.SearchResultReference or LdapOperation.IntermediateResponse;

    /// <summary>Reads a message, or its beginning up to the operation.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out LdapMessage message)
    {
        message = default;
        if (data.IsEmpty || data[0] != BerReader.Sequence) return false;
        var outer = new BerReader(data);
        if (!outer.TryRead(out _, out var sequence)) return false;
        var parts = new BerReader(sequence);
        if (parts.NextTag != BerReader.Integer || !parts.TryRead(out _, out var number) || number.Length is 0 or > 5) return false;
        var id = BerReader.ToNumber(number);
        if (id is < 0 or > int.MaxValue || !parts.TryRead(out var tag, out var content) || !TryReadTag(tag, out var operation)) return false;
        message = new LdapMessage((int)id, operation, content, parts.Take(ControlsTag));
        return true;
    }

    /// <summary>The operation of an application tag of the form that the operation has.</summary>
    public static bool TryReadTag(byte tag, out LdapOperation operation)
    {
        const byte primitive = 0x40;
        const byte constructed = 0x60;
        operation = (LdapOperation)(tag & 0x1f);
        var form = operation is LdapOperation.UnbindRequest or LdapOperation.DeleteRequest or LdapOperation.AbandonRequest ? primitive : constructed;
        return (tag & 0xe0) == form && NameOf(operation).Length > 0;
    }

    /// <summary>The operation's name as in RFC 4511's notation; empty where there is none.</summary>
    public static string NameOf(LdapOperation operation) => operation switch
    {
        LdapOperation.BindRequest => "bindRequest",
        LdapOperation.BindResponse => "bindResponse",
        LdapOperation.UnbindRequest => "unbindRequest",
        LdapOperation.SearchRequest => "searchRequest",
        LdapOperation.SearchResultEntry => "searchResEntry",
        LdapOperation.SearchResultDone => "searchResDone",
        LdapOperation.ModifyRequest => "modifyRequest",
        LdapOperation.ModifyResponse => "modifyResponse",
        LdapOperation.AddRequest => "addRequest",
        LdapOperation.AddResponse => "addResponse",
        LdapOperation.DeleteRequest => "delRequest",
        LdapOperation.DeleteResponse => "delResponse",
        LdapOperation.ModifyDnRequest => "modDNRequest",
        LdapOperation.ModifyDnResponse => "modDNResponse",
        LdapOperation.CompareRequest => "compareRequest",
        LdapOperation.CompareResponse => "compareResponse",
        LdapOperation.AbandonRequest => "abandonRequest",
        LdapOperation.SearchResultReference => "searchResRef",
        LdapOperation.ExtendedRequest => "extendedReq",
        LdapOperation.ExtendedResponse => "extendedResp",
        LdapOperation.IntermediateResponse => "intermediateResponse",
        _ => "",
    };
}
