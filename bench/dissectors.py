#!/usr/bin/env python3
"""Whole-command benchmark of dissection: wirehook with a hook on every item, beside tshark and tcpflow, on each capture in turn.

usage: dissectors.py [-n ROUNDS] [--wirehook PATH] [--hook SCRIPT] FOLDER [NAME ...]

FOLDER holds NAME.pcap, and NAME.keys where its TLS is to be opened. Without names, every capture of the folder is taken. Every round runs
each program once, one after the other, so that whatever else the machine does meets all of them alike; a first round warms the page cache
and is not counted. tshark prints the fields that one would ask of the capture's protocol (-T fields); tcpflow writes the streams to files,
which are deleted. Medians of wall seconds; quote the ratios, not the seconds. Programs that are not installed are left out."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

FIELDS = {
    "http1": "http.request.method http.request.uri http.response.code http.content_type",
    "http2": "http2.headers.method http2.headers.path http2.headers.status http2.streamid",
    "grpc": "http2.headers.path http2.headers.status grpc.message_length",
    "redis": "resp.bulk_string.value resp.array.length",
    "dns": "dns.qry.name dns.flags.response dns.a",
    "pgsql": "pgsql.type pgsql.query pgsql.code",
    "mysql": "mysql.command mysql.query mysql.error_code",
    "amqp": "amqp.method.class amqp.method.method amqp.method.arguments.routing_key",
    "websocket": "websocket.opcode websocket.payload_length",
    "mixed": "frame.protocols http.request.uri dns.qry.name mysql.query pgsql.query resp.bulk_string.value",
}


def measure(command):
    """Wall seconds and peak MiB of one run, its output discarded."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        print(f"{command[0]}: exit status {os.waitstatus_to_exitcode(status)}", file=sys.stderr)
    return time.perf_counter() - start, used.ru_maxrss / 1024


def fields_for(name):
    """tshark's arguments for the fields of the capture's protocol: the longest known prefix of its name decides."""
    known = [key for key in FIELDS if name.startswith(key)]
    names = FIELDS[max(known, key=len)] if known else "frame.protocols"
    return [argument for field in names.split() for argument in ("-e", field)]


def commands_for(wirehook, hook, capture, keys, scratch):
    """The programs to compare, by name."""
    commands = {"wirehook": [wirehook, "replay", str(capture), "--script", hook] + (["--keylog", str(keys)] if keys else [])}
    if shutil.which("tshark"):
        opened = ["-o", f"tls.keylog_file:{keys}"] if keys else []
        commands["tshark"] = ["tshark", "-n", "-r", str(capture), *opened, "-T", "fields", *fields_for(capture.stem)]
    if shutil.which("tcpflow"):
        commands["tcpflow"] = ["tcpflow", "-q", "-r", str(capture), "-o", str(scratch / "streams")]
    return commands


def messages_of(wirehook, capture, keys):
    """Requests and responses that wirehook counts, of all protocols."""
    command = [wirehook, "replay", str(capture), "--summary", "-"] + (["--keylog", str(keys)] if keys else [])
    summary = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return sum(protocol["requests"] + protocol["responses"] for protocol in summary["items"].values())


def compare(wirehook, hook, capture, rounds):
    """One row of the table."""
    keys = capture.with_suffix(".keys")
    keys = keys if keys.exists() else None
    samples = {}
    for number in range(rounds + 1):
        with tempfile.TemporaryDirectory() as scratch:
            for name, command in commands_for(wirehook, hook, capture, keys, pathlib.Path(scratch)).items():
                sample = measure(command)
                if number > 0:
                    samples.setdefault(name, []).append(sample)
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in samples.items()}
    megabytes, messages, (wall, peak) = capture.stat().st_size / 1e6, messages_of(wirehook, capture, keys), medians["wirehook"]
    row = f"{capture.stem:12} {megabytes:7.0f} {messages:10} {wall:8.2f} {megabytes / wall:7.0f} {messages / wall:11.0f} {peak:9.0f}"
    for peer in ("tshark", "tcpflow"):
        row += f" {medians[peer][0]:9.2f} {medians[peer][0] / wall:7.1f}" if peer in medians else f" {'-':>9} {'-':>7}"
    print(row, flush=True)


def main():
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("-n", type=int, default=3)
    parser.add_argument("--wirehook", default=str(pathlib.Path(__file__).parent.parent / "artifacts" / "wirehook"))
    parser.add_argument("--hook", default=str(pathlib.Path(__file__).with_name("hook.js")))
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    names = arguments.names or sorted(path.stem for path in arguments.folder.glob("*.pcap"))
    print(f"{'capture':12} {'MB':>7} {'messages':>10} {'wall s':>8} {'MB/s':>7} {'messages/s':>11} {'peak MiB':>9} {'tshark s':>9} {'ratio':>7} {'tcpflow s':>9} {'ratio':>7}")
    for name in names:
        compare(arguments.wirehook, arguments.hook, arguments.folder / (name + ".pcap"), arguments.n)


if __name__ == "__main__":
    main()
