#!/usr/bin/env python3
"""spread.py IN.pcap OUT.pcap: moves a capture to a fixed morning and stretches the visitor's pauses.

Every silence of 0.4 s or more becomes one of 13 s, so that a short visit covers minutes and jobs that run every minute have
something to do on replay. Shorter distances, and with them all response times, stay as they were captured.
"""
import struct
import sys

START = 1767603605_000000  # 2026-01-05T09:00:05Z, in microseconds
PAUSE, STRETCHED = 400_000, 13_000_000


def main(source, target):
    data = open(source, "rb").read()
    if data[:4] != b"\xd4\xc3\xb2\xa1":
        sys.exit("not a little-endian pcap file with microseconds: " + source)
    out, at, now, last = bytearray(data[:24]), 24, START, None
    while at < len(data):
        seconds, micros, kept, length = struct.unpack_from("<IIII", data, at)
        time = seconds * 1_000_000 + micros
        gap = 0 if last is None else max(0, time - last)
        now, last = now + (STRETCHED if gap >= PAUSE else gap), time
        out += struct.pack("<IIII", now // 1_000_000, now % 1_000_000, kept, length) + data[at + 16:at + 16 + kept]
        at += 16 + kept
    open(target, "wb").write(out)


main(*sys.argv[1:3])
