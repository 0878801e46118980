#!/usr/bin/env python3
"""Time from starting `wirehook replay` to the first console line of a hook, beside other programs that print a line, in turn.

The hook prints at its first packet. Other builds of wirehook can be given to be measured in the same run. The machine may be shared: medians and
least times over many runs are shown, and only differences within one run mean anything.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOOK = """
var first = true;
function onPacketCaptured(info) {
  if (first) console.log("first packet", info.length);
  first = false;
}
"""


def measure(command):
    """Milliseconds until the first byte on standard output and until the end, and megabytes at the peak."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    first = os.read(process.stdout.fileno(), 1)
    printed = time.perf_counter()
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    end = time.perf_counter()
    if not first or process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} printed nothing or failed ({process.returncode})")
    return (printed - start) * 1e3, (end - start) * 1e3, usage.ru_maxrss / 1024


def contenders(builds, capture, hook):
    for build in builds:
        yield f"{os.path.basename(build)} replay", [build, "replay", capture, "--script", hook]
        yield f"{os.path.basename(build)} --version", [build, "--version"]
    for program, arguments in (("node", ["-e", "console.log('line')"]), ("python3", ["-c", "print('line')"])):
        if shutil.which(program):
            yield f"{program}, one line", [program, *arguments]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("builds", nargs="*", default=[os.path.join(ROOT, "artifacts", "wirehook")], help="builds of wirehook (artifacts/wirehook)")
    parser.add_argument("--capture", default=os.path.join(ROOT, "samples", "captures", "shop.pcap"))
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hook = os.path.join(folder, "hook.js")
        with open(hook, "w") as file:
            file.write(HOOK)
        programs = list(contenders(options.builds, options.capture, hook))
        results = [[] for _ in programs]
        for _ in range(options.runs + 1):
            for (_, command), times in zip(programs, results):
                times.append(measure(command))
    print(f"Median (least) of {options.runs} runs in turn.\n")
    print("| program | first line, ms | end, ms | peak, MB |\n| --- | ---: | ---: | ---: |")
    for (name, _), times in zip(programs, results):
        # The first run fills the file cache.
        printed, ended, peak = zip(*times[1:])
        print(f"| {name} | {statistics.median(printed):.1f} ({min(printed):.1f}) | {statistics.median(ended):.1f} ({min(ended):.1f}) | {statistics.median(peak):.0f} |")


if __name__ == "__main__":
    main()
