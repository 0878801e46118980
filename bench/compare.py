#!/usr/bin/env python3
"""Whole-command benchmark: runs commands in turn and prints medians and ratios to the first.

usage: compare.py [-n ROUNDS] NAME=COMMAND NAME=COMMAND ...

Every round runs each command once, in the order given, so that whatever else the machine does meets all of them alike; a first round
warms the page cache and is not counted. A command that fails is reported with its status. Quote the ratios, not the seconds."""
import os
import statistics
import subprocess
import sys
import time


def measure(command):
    """Wall seconds, CPU seconds, peak MiB and exit status of one run, output discarded."""
    start = time.perf_counter()
    process = subprocess.Popen(["bash", "-c", "exec " + command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, status


def main(arguments):
    rounds = 5
    if arguments[:1] == ["-n"]:
        rounds, arguments = int(arguments[1]), arguments[2:]
    commands = [argument.partition("=")[::2] for argument in arguments]
    if not commands or any(not command for _, command in commands):
        sys.exit(__doc__)
    samples = {name: [] for name, _ in commands}
    for number in range(rounds + 1):
        for name, command in commands:
            sample = measure(command)
            if sample[3]:
                print(f"{name}: exit status {os.waitstatus_to_exitcode(sample[3])}", file=sys.stderr)
            if number > 0:
                samples[name].append(sample)
    medians = {name: [statistics.median(column) for column in list(zip(*rows))[:3]] for name, rows in samples.items()}
    first = medians[commands[0][0]]
    print(f"{'':20} {'wall s':>8} {'cpu s':>8} {'peak MiB':>9} {'wall ratio':>11} {'cpu ratio':>10}")
    for name, (wall, cpu, peak) in medians.items():
        print(f"{name:20} {wall:8.3f} {cpu:8.3f} {peak:9.1f} {wall / first[0]:11.2f} {cpu / first[1]:10.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
