using System.Runtime.InteropServices;

namespace Wirehook.Dissection.Compression;

/// <summary>Zstandard frames (RFC 8878), decoded by libzstd (zstd.h 1.4 or later), which is part of every Debian system.</summary>
internal static unsafe partial class Zstandard
{
    private const string Library = "libzstd.so.1";
    private const int WindowLogMax = 100;

    /// <summary>Frames whose window is larger than 8 MiB, which RFC 8878 §3.1.1.1.2 lets a decoder refuse, would cost that much memory each.</summary>
    private const int LargestWindowLog = 23;

    /// <summary>Decodes <paramref name="input"/> into <paramref name="output"/>.</summary>
    public static DecompressionStatus Decode(ReadOnlySpan<byte> input, BoundedOutput output)
    {
        if (input.IsEmpty) return DecompressionStatus.Invalid;
        try
        {
            var stream = CreateStream();
            if (stream == 0) return DecompressionStatus.Unavailable;
            try
            {
                _ = SetParameter(stream, WindowLogMax, LargestWindowLog);
                return Decode(stream, input, output);
            }
            finally
            {
                _ = FreeStream(stream);
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return DecompressionStatus.Unavailable;
        }
    }

    private static DecompressionStatus Decode(nint stream, ReadOnlySpan<byte> input, BoundedOutput output)
    {
        fixed (byte* source = input)
        {
            var from = new Buffer { Bytes = source, Size = (nuint)input.Length };
            while (true)
            {
                var room = output.Space();
                nuint rest;
                fixed (byte* target = room)
                {
                    var to = new Buffer { Bytes = target, Size = (nuint)room.Length };
                    rest = Decompress(stream, ref to, ref from);
                    if (IsError(rest) != 0) return DecompressionStatus.Invalid;
                    output.Advance((int)to.Position);
                    if (rest == 0 && from.Position == from.Size) return DecompressionStatus.Whole;
                    if (output.IsFull) return DecompressionStatus.Cut;
                    // With room left, nothing more comes out without more input.
                    if (from.Position == from.Size && to.Position < to.Size) return DecompressionStatus.Invalid;
                }
            }
        }
    }

    [LibraryImport(Library, EntryPoint = "ZSTD_createDStream")]
    private static partial nint CreateStream();

    [LibraryImport(Library, EntryPoint = "ZSTD_freeDStream")]
    private static partial nuint FreeStream(nint stream);

    [LibraryImport(Library, EntryPoint = "ZSTD_DCtx_setParameter")]
    private static partial nuint SetParameter(nint stream, int parameter, int value);

    [LibraryImport(Library, EntryPoint = "ZSTD_decompressStream")]
    private static partial nuint Decompress(nint stream, ref Buffer output, ref Buffer input);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint code);

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which have one layout.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Buffer
    {
        public byte* Bytes;
        public nuint Size;
        public nuint Position;
    }
}
