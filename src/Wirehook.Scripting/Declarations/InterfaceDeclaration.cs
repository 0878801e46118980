using Wirehook.Dissection.Records;

namespace Wirehook.Scripting.Declarations;

/// <summary>A kind of object that scripts get, in TypeScript terms.</summary>
/// <param name="Name">The interface's name.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Members">Its fields, by name.</param>
public sealed record InterfaceDeclaration(string Name, string Description, IReadOnlyList<MemberDeclaration> Members)
{
    /// <summary>The declaration of a record type.</summary>
    public static InterfaceDeclaration Of(RecordType type) => new(
        type.Name, type.Description, [.. type.Fields.Select(f => new MemberDeclaration(f.Name, f.TypeScript, f.Description, f.Optional))]);
}

/// <summary>A type with a name of its own that is no object, such as a choice of texts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Choices">The texts that it may be.</param>
public sealed record ChoiceDeclaration(string Name, string Description, IReadOnlyList<string> Choices);

/// <summary>One field of a kind of object, or one parameter of a hook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeScript">Its type in TypeScript terms.</param>
/// <param name="Description">A sentence, with units.</param>
/// <param name="Optional">Whether it may be missing.</param>
public sealed record MemberDeclaration(string Name, string TypeScript, string Description, bool Optional = false);
