// MSBuild compiles this file by itself (see LibTorchSharp.targets), against .NET Standard 2.0; the tests compile it
// without the task, so that they need no MSBuild. NET is defined only there.
#nullable enable

#if !NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

/// <summary>Writes a copy of a library in which only <see cref="GlibcxxRequirement"/> is relaxed.</summary>
public sealed class RelaxGlibcxxRequirement : Microsoft.Build.Utilities.Task
{
    /// <summary>The library as its package brings it. It is only read.</summary>
    [Microsoft.Build.Framework.Required]
    public string Library { get; set; } = "";

    /// <summary>Where the copy goes; a library that is not recognised is copied as it is.</summary>
    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            var library = File.ReadAllBytes(Library);
            var relaxed = GlibcxxRequirement.Relax(library);
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Low, relaxed is null
                ? "{0} has no requirement that is known to be relaxed; copied as it is."
                : "{0} copied with its requirement of a newer libstdc++ relaxed.", Library);
            Replace(Destination, relaxed ?? library);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogErrorFromException(e);
        }

        return !Log.HasLoggedErrors;
    }

    // Written beside and renamed: what stands there may be a link to another file, or be in use by another build.
    private static void Replace(string path, byte[] content)
    {
        var partial = path + "." + Guid.NewGuid().ToString("N") + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(partial, content);
            if (File.Exists(path))
            {
                File.Replace(partial, path, null);
            }
            else
            {
                File.Move(partial, path);
            }
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
#endif

/// <summary>
/// A shared library linked by GCC 13 that includes iostream asks for GLIBCXX_3.4.32, although all it wants of that
/// version is a marker which nothing calls. Systems with GCC 12's libstdc++ (Debian 12, Ubuntu 22.04) then refuse to
/// load it. Three edits of the file, none of which changes its size or moves anything in it, lift that:
/// the version becomes weak, so that its absence is no error; the marker loses its version; and it gets the name of
/// a function without arguments or effects that every libstdc++ since GCC 4.9 exports, so that it is found.
/// </summary>
/// <remarks>
/// Structures and names are those of the System V ABI (elf(5)) and, for symbol versions, of the Linux Standard Base,
/// "Symbol Versioning". The marker: GCC's libstdc++-v3, src/c++98/ios_init.cc, `ios_base_library_init`.
/// </remarks>
internal static class GlibcxxRequirement
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Marker = "_ZSt21ios_base_library_initv";
    private const string Substitute = "_ZSt15get_new_handlerv";

    private const int VerFlgWeak = 0x2;
    private const int VerNdxGlobal = 1;
    private const int VersymVersion = 0x7fff;
    private const int ShnUndef = 0;

    /// <summary>Returns an edited copy, or null where <paramref name="library"/> is not the case described.</summary>
    public static byte[]? Relax(byte[] library)
    {
        if (ElfImage.Open(library) is not { } elf || elf.FindDynamicSymbols() is not { } dynamic)
        {
            return null;
        }

        var requirement = FindRequirement(elf, dynamic);
        var marker = requirement < 0 ? -1 : FindMarker(elf, dynamic, elf.Half(requirement + Vernaux.Other));
        return marker < 0 ? null : Edit(elf, dynamic, requirement, marker);
    }

    // The position of the Vernaux entry that names the version, -1 if there is none.
    private static int FindRequirement(ElfImage elf, DynamicSymbols dynamic)
    {
        foreach (var need in elf.Chain(dynamic.Verneed, 0, Verneed.Size, Verneed.Next))
        {
            var first = elf.Word(need + Verneed.Aux) + (need - dynamic.Verneed.Offset);
            foreach (var auxiliary in elf.Chain(dynamic.Verneed, first, Vernaux.Size, Vernaux.Next))
            {
                if (elf.IsString(dynamic.Strings, elf.Word(auxiliary + Vernaux.Name), Version))
                {
                    return auxiliary;
                }
            }
        }

        return -1;
    }

    // The index of the marker in the symbol table, -1 unless it is the one symbol that wants the version.
    private static int FindMarker(ElfImage elf, DynamicSymbols dynamic, int version)
    {
        var found = -1;
        for (var i = 0; i < dynamic.Count; i++)
        {
            if ((elf.Half(dynamic.VersymAt(i)) & VersymVersion) != version)
            {
                continue;
            }

            var symbol = dynamic.SymbolAt(i);
            var isMarker = elf.IsString(dynamic.Strings, elf.Word(symbol + Sym.Name) - 1, "\0" + Marker);
            if (!isMarker || elf.Half(symbol + Sym.Shndx) != ShnUndef || found >= 0)
            {
                return -1;
            }

            found = i;
        }

        return found >= 0 && OwnsItsName(elf, dynamic, found) ? found : -1;
    }

    // Linkers let a name be the end of a longer one (hence the zero asked for above), or a shorter one be the end of
    // this; overwriting it must not rename another symbol.
    private static bool OwnsItsName(ElfImage elf, DynamicSymbols dynamic, int marker)
    {
        var name = elf.Word(dynamic.SymbolAt(marker) + Sym.Name);
        return Enumerable.Range(0, dynamic.Count).Where(i => i != marker)
            .Select(i => elf.Word(dynamic.SymbolAt(i) + Sym.Name))
            .All(other => other < name || other > name + Marker.Length);
    }

    private static byte[] Edit(ElfImage elf, DynamicSymbols dynamic, int requirement, int marker)
    {
        var edited = elf.Clone();
        edited.SetHalf(requirement + Vernaux.Flags, elf.Half(requirement + Vernaux.Flags) | VerFlgWeak);
        edited.SetHalf(dynamic.VersymAt(marker), VerNdxGlobal);
        edited.SetString(
            dynamic.Strings.Offset + (int)elf.Word(dynamic.SymbolAt(marker) + Sym.Name), Substitute, Marker.Length);
        return edited.Bytes;
    }

    private static class Verneed
    {
        public const int Size = 16, Aux = 8, Next = 12;
    }

    private static class Vernaux
    {
        public const int Size = 16, Flags = 4, Other = 6, Name = 8, Next = 12;
    }

    private static class Sym
    {
        public const int Size = 24, Name = 0, Shndx = 6;
    }

    /// <summary>A section that is known to lie within the file.</summary>
    private readonly struct Section(int offset, int size, uint link)
    {
        public int Offset { get; } = offset;
        public int Size { get; } = size;
        public uint Link { get; } = link;
    }

    /// <summary>The four sections that the dynamic linker reads names and versions from.</summary>
    private sealed class DynamicSymbols(Section symbols, Section strings, Section versym, Section verneed)
    {
        public Section Strings { get; } = strings;
        public Section Verneed { get; } = verneed;
        public int Count { get; } = symbols.Size / Sym.Size;

        public int SymbolAt(int index) => symbols.Offset + (index * Sym.Size);
        public int VersymAt(int index) => versym.Offset + (index * sizeof(ushort));
    }

    /// <summary>The bytes of a 64-bit little-endian shared library for x86-64.</summary>
    private sealed class ElfImage
    {
        private const int EhdrSize = 64, EType = 0x10, EMachine = 0x12, EShoff = 0x28, EShentsize = 0x3a, EShnum = 0x3c;
        private const int ShdrSize = 64, ShType = 0x04, ShOffset = 0x18, ShSize = 0x20, ShLink = 0x28;
        private const uint ShtStrtab = 3, ShtDynsym = 11, ShtGnuVerneed = 0x6ffffffe, ShtGnuVersym = 0x6fffffff;
        private const int EtDyn = 3, EmX8664 = 62;

        // EI_MAG0 to EI_VERSION: 0x7f 'E' 'L' 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT.
        private static readonly byte[] Ident = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1];

        private ElfImage(byte[] bytes) => Bytes = bytes;

        public byte[] Bytes { get; }

        public static ElfImage? Open(byte[] bytes)
        {
            var elf = new ElfImage(bytes);
            var known = bytes.Length >= EhdrSize && elf.Is(0, Ident)
                && elf.Half(EType) == EtDyn && elf.Half(EMachine) == EmX8664 && elf.Half(EShentsize) == ShdrSize
                && elf.Contains(elf.Long(EShoff), (ulong)elf.Half(EShnum) * ShdrSize);
            return known ? elf : null;
        }

        public DynamicSymbols? FindDynamicSymbols()
        {
            if (Find(ShtDynsym) is not { } symbols || Find(ShtGnuVersym) is not { } versym
                || Find(ShtGnuVerneed) is not { } verneed || At(symbols.Link, ShtStrtab) is not { } strings)
            {
                return null;
            }

            var versionForEach = versym.Size / sizeof(ushort) == symbols.Size / Sym.Size;
            return versionForEach && verneed.Link == symbols.Link ? new(symbols, strings, versym, verneed) : null;
        }

        /// <summary>Positions of the entries of a list; each says how far off the next is, 0 for none.</summary>
        public IEnumerable<int> Chain(Section section, long first, int size, int next)
        {
            for (var at = first; at <= section.Size - size;)
            {
                var entry = section.Offset + (int)at;
                yield return entry;
                var step = Word(entry + next);
                at = step == 0 ? long.MaxValue : at + step;
            }
        }

        public int Half(int at) => Bytes[at] | (Bytes[at + 1] << 8);
        public uint Word(int at) => (uint)(Half(at) | (Half(at + 2) << 16));

        public bool IsString(Section strings, uint index, string text)
        {
            var terminated = System.Text.Encoding.ASCII.GetBytes(text + "\0");
            return index + (long)terminated.Length <= strings.Size && Is(strings.Offset + (int)index, terminated);
        }

        public void SetHalf(int at, int value)
        {
            Bytes[at] = (byte)value;
            Bytes[at + 1] = (byte)(value >> 8);
        }

        public void SetString(int at, string text, int room)
        {
            System.Array.Clear(Bytes, at, room);
            System.Text.Encoding.ASCII.GetBytes(text, 0, text.Length, Bytes, at);
        }

        public ElfImage Clone() => new((byte[])Bytes.Clone());

        private ulong Long(int at) => Word(at) | ((ulong)Word(at + 4) << 32);

        private bool Contains(ulong offset, ulong size)
            => offset <= (ulong)Bytes.Length && size <= (ulong)Bytes.Length - offset;

        private bool Is(int at, byte[] expected)
            => Enumerable.SequenceEqual(new System.ArraySegment<byte>(Bytes, at, expected.Length), expected);

        // The first section of a type; a library has at most one of each that is asked for.
        private Section? Find(uint type)
        {
            var sections = Enumerable.Range(0, Half(EShnum)).Select(i => At((uint)i, type));
            return sections.FirstOrDefault(section => section is not null);
        }

        private Section? At(uint index, uint type)
        {
            if (index >= Half(EShnum))
            {
                return null;
            }

            var header = (int)Long(EShoff) + ((int)index * ShdrSize);
            var (offset, size) = (Long(header + ShOffset), Long(header + ShSize));
            return Word(header + ShType) == type && Contains(offset, size)
                ? new Section((int)offset, (int)size, Word(header + ShLink))
                : null;
        }
    }
}
