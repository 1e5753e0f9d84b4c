using System.Text;

namespace OnnxSentiment.Architecture.Tests.Build;

/// <summary>
/// The smallest shared library that has what the dynamic linker reads symbol versions from: one library needed in
/// two versions, and three undefined symbols: the null symbol, `malloc` of the first and the marker of the second.
/// </summary>
internal sealed record ElfLibrary
{
    public const string Marker = "_ZSt21ios_base_library_initv";
    public const int MarkerIndex = 2;

    private const int EhdrSize = 64, ShdrSize = 64, SymSize = 24, VernauxSize = 16;
    private const ushort OldVersion = 2, NewVersion = 3;

    public string NewVersionName { get; init; } = "GLIBCXX_3.4.32";
    public string MarkerName { get; init; } = Marker;
    public byte Class { get; init; } = 2;
    public byte Data { get; init; } = 1;
    public ushort Machine { get; init; } = 62;
    public ushort MarkerSection { get; init; }
    public ushort MallocVersion { get; init; } = OldVersion;

    /// <summary>
    /// How far into the marker's name the other symbol's name begins, instead of having one of its own.
    /// </summary>
    public uint? SharedNameOffset { get; init; }

    // The sections in the order of their headers, after the null section.
    private int StringsOffset => EhdrSize;
    private int SymbolsOffset => StringsOffset + Strings().Length;
    private int VersymOffset => SymbolsOffset + (3 * SymSize);
    private int VerneedOffset => VersymOffset + (3 * sizeof(ushort));
    private int HeadersOffset => VerneedOffset + 16 + (2 * VernauxSize);

    public int MarkerNameOffset => StringsOffset + (int)StringIndex(MarkerName);
    public int MarkerVersymOffset => VersymOffset + (MarkerIndex * sizeof(ushort));
    public int RequirementFlagsOffset => VerneedOffset + 16 + VernauxSize + 4;

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteHeader(writer);
        writer.Write(Strings());
        WriteSymbols(writer);
        WriteVersions(writer);
        WriteSectionHeaders(writer);
        return stream.ToArray();
    }

    private byte[] Strings()
        => Encoding.ASCII.GetBytes($"\0malloc\0libstdc++.so.6\0GLIBCXX_3.4\0{NewVersionName}\0{MarkerName}\0");

    private uint StringIndex(string text)
        => (uint)Encoding.ASCII.GetString(Strings()).IndexOf($"\0{text}\0", StringComparison.Ordinal) + 1;

    private void WriteHeader(BinaryWriter writer)
    {
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', Class, Data, 1, 0]);
        writer.Write(0L);
        writer.Write((ushort)3); // e_type: shared object
        writer.Write(Machine);
        writer.Write(1); // e_version
        writer.Write(0L); // e_entry
        writer.Write(0L); // e_phoff
        writer.Write((long)HeadersOffset);
        writer.Write(0); // e_flags
        writer.Write((ushort)EhdrSize);
        writer.Write(0); // e_phentsize, e_phnum
        writer.Write((ushort)ShdrSize);
        writer.Write((ushort)5);
        writer.Write((ushort)0); // e_shstrndx
    }

    private void WriteSymbols(BinaryWriter writer)
    {
        WriteSymbol(writer, 0, 0);
        WriteSymbol(
            writer, SharedNameOffset is { } shared ? StringIndex(MarkerName) + shared : StringIndex("malloc"), 0);
        WriteSymbol(writer, StringIndex(MarkerName), MarkerSection);
    }

    private static void WriteSymbol(BinaryWriter writer, uint name, ushort section)
    {
        writer.Write(name);
        writer.Write((ushort)0x12); // st_info: global function
        writer.Write(section);
        writer.Write(0L);
        writer.Write(0L);
    }

    private void WriteVersions(BinaryWriter writer)
    {
        writer.Write((ushort)0);
        writer.Write(MallocVersion);
        writer.Write(NewVersion);

        writer.Write((ushort)1); // vn_version
        writer.Write((ushort)2); // vn_cnt
        writer.Write(StringIndex("libstdc++.so.6"));
        writer.Write(16); // vn_aux
        writer.Write(0); // vn_next
        WriteVernaux(writer, OldVersion, "GLIBCXX_3.4", VernauxSize);
        WriteVernaux(writer, NewVersion, NewVersionName, 0);
    }

    private void WriteVernaux(BinaryWriter writer, ushort version, string name, int next)
    {
        writer.Write(0); // vna_hash
        writer.Write((ushort)0); // vna_flags
        writer.Write(version);
        writer.Write(StringIndex(name));
        writer.Write(next);
    }

    private void WriteSectionHeaders(BinaryWriter writer)
    {
        WriteSectionHeader(writer, 0, 0, 0, 0);
        WriteSectionHeader(writer, 3, StringsOffset, SymbolsOffset - StringsOffset, 0);
        WriteSectionHeader(writer, 11, SymbolsOffset, VersymOffset - SymbolsOffset, 1);
        WriteSectionHeader(writer, 0x6fffffff, VersymOffset, VerneedOffset - VersymOffset, 2);
        WriteSectionHeader(writer, 0x6ffffffe, VerneedOffset, HeadersOffset - VerneedOffset, 1);
    }

    private static void WriteSectionHeader(BinaryWriter writer, uint type, long offset, long size, uint link)
    {
        writer.Write(0); // sh_name: found by type
        writer.Write(type);
        writer.Write(0L); // sh_flags
        writer.Write(0L); // sh_addr
        writer.Write(offset);
        writer.Write(size);
        writer.Write(link);
        writer.Write(0); // sh_info
        writer.Write(0L); // sh_addralign
        writer.Write(0L); // sh_entsize
    }
}
