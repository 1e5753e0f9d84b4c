using System.Reflection;
using System.Text.RegularExpressions;

namespace OnnxSentiment.Architecture.Tests.Rules;

/// <summary>
/// Checks what a project shows: which types, in which namespaces. Each returns a sentence for each violation.
/// </summary>
internal static partial class ApiRules
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] FilesWithoutNamespace = ["Program.cs", "GlobalUsings.cs", "AssemblyInfo.cs"];

    /// <summary>
    /// No type of a library that is kept apart is part of the public API, but for those that may be exposed.
    /// </summary>
    public static IEnumerable<string> CheckSurface(Type type, string[] exposedWorlds)
        => from used in Signature(type).SelectMany(Parts).Distinct()
           let world = World(used)
           where world is not null && !exposedWorlds.Contains(world)
           select $"{type} names {used} of {world} in its public API.";

    /// <summary>
    /// All files of a project are in its one namespace, so that a type keeps its name when it moves to another folder.
    /// </summary>
    public static IEnumerable<string> CheckNamespace(string project, string path, string text)
    {
        var expected = $"OnnxSentiment.{project}";
        var found = NamespaceDeclaration().Matches(text).Select(match => match.Groups[1].Value).ToList();
        if (found.Count == 0 && !FilesWithoutNamespace.Contains(Path.GetFileName(path)))
        {
            yield return $"src/{project}/{path} declares no namespace; expected {expected}.";
        }

        foreach (var wrong in found.Where(name => name != expected))
        {
            yield return $"src/{project}/{path} declares the namespace {wrong}; expected {expected}.";
        }
    }

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    // A generated message belongs to protobuf's world, whichever assembly it is compiled into.
    private static string? World(Type type)
        => type.GetInterfaces().Prepend(type)
            .Select(t => DependencyRules.World(t.Assembly.GetName().Name!))
            .FirstOrDefault(w => w is not null);

    private static IEnumerable<Type> Signature(Type type)
    {
        var members = type.GetMembers(Declared).Where(member => member is not Type).SelectMany(MemberTypes);
        return
        [
            type.BaseType ?? typeof(object), .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments()),
            .. members,
        ];
    }

    // Accessors and event methods are methods, so that only fields and methods need a look.
    private static IEnumerable<Type> MemberTypes(MemberInfo member) => member switch
    {
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => [field.FieldType],
        MethodBase method when method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly =>
            [.. method.GetParameters().Select(p => p.ParameterType), .. MethodTypes(method)],
        _ => [],
    };

    private static IEnumerable<Type> MethodTypes(MethodBase method) => method is MethodInfo info
        ? [info.ReturnType, .. Constraints(info.GetGenericArguments())]
        : [];

    private static IEnumerable<Type> Constraints(Type[] arguments)
        => arguments.Where(t => t.IsGenericParameter).SelectMany(t => t.GetGenericParameterConstraints());

    // An array's element, a generic type's arguments, and so on, down to plain types.
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericType
            ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
            : [type];
    }
}
