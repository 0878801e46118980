#!/usr/bin/env python3
"""Time from `ip` returning to the first instruction of the program that the change starts, for Wirehook and its peers in one run.

Every contender in turn watches the same veth pair in a network namespace of its own; each change sets one end down or up, and the program
that the contender starts writes the time. Needs root. Peers that are not installed are left out and said so.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STATES = ("routable", "dormant", "no-carrier", "off", "carrier", "degraded", "configuring", "configured")


class Contender:
    """Something that starts the hook program when the link changes."""

    def __init__(self, name, hosts, folder):
        self.name, self.hosts, self.folder = name, hosts, folder
        plain = os.path.join(folder, "".join(c for c in name if c.isalpha()))
        self.processes, self.starts, self.log = [], plain + ".starts", open(plain + ".log", "ab")
        self.program = plain + ".sh"
        with open(self.program, "w") as file:
            file.write(f'#!/bin/bash\necho "$EPOCHREALTIME" >> {self.starts}\n')
        os.chmod(self.program, 0o755)
        open(self.starts, "w").close()

    def run(self, *command):
        self.processes.append(subprocess.Popen(["ip", "netns", "exec", self.hosts, *command], stdout=self.log, stderr=self.log, start_new_session=True))

    def stop(self):
        for process in reversed(self.processes):
            os.killpg(process.pid, 15)
            process.wait()
        self.processes.clear()


class Wirehook(Contender):
    def start(self):
        config = os.path.join(self.folder, "hooks.yaml")
        with open(config, "w") as file:
            file.write(f"nlmon:\n  integration:\n    hooks:\n      - name: latency\n        script: {self.program}\n        async: true\n"
                       "        condition: \"interface == 'v0' AND event IN ['link.up', 'link.down']\"\n")
        self.run(os.path.join(ROOT, "artifacts", "wirehook"), "hooks", "run", "--config", config, "--socket", os.path.join(self.folder, "hooks.sock"))


class IpMonitor(Contender):
    def start(self):
        self.run("bash", "-c", f'ip monitor link dev v0 | while read -r line; do case $line in [0-9]*v0*) {self.program};; esac; done')


class NetworkdDispatcher(Contender):
    def start(self):
        scripts = os.path.join(self.folder, "states")
        for state in STATES:
            os.makedirs(os.path.join(scripts, state + ".d"), exist_ok=True)
            shutil.copy(self.program, os.path.join(scripts, state + ".d", "10-latency"))
        os.makedirs("/run/dbus", exist_ok=True)
        self.run("dbus-daemon", "--system", "--nofork", "--nopidfile")
        time.sleep(1)
        # networkd waits for udev to announce links unless /sys is read-only.
        self.run("unshare", "-m", "sh", "-c", "mount -o remount,ro /sys; exec /usr/lib/systemd/systemd-networkd")
        time.sleep(1.5)
        self.run("networkd-dispatcher", "-S", scripts)


def measure(contender, changes, pause):
    """Milliseconds from `ip` returning (and from its start) to the first start of the program, one per change; None where it never started."""
    contender.start()
    time.sleep(3)
    moments = []
    for i in range(changes):
        before = time.time()
        subprocess.run(["ip", "-n", contender.hosts, "link", "set", "v0", "down" if i % 2 == 0 else "up"], check=True)
        moments.append((before, time.time()))
        time.sleep(pause)
    time.sleep(0.5)
    contender.stop()
    with open(contender.starts) as file:
        starts = sorted(float(line) for line in file)
    open(contender.starts, "w").close()
    results = []
    for i, (before, after) in enumerate(moments):
        until = moments[i + 1][0] if i + 1 < len(moments) else float("inf")
        first = next((s for s in starts if before <= s < until), None)
        results.append(None if first is None else ((first - after) * 1e3, (first - before) * 1e3))
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--changes", type=int, default=60, help="changes per contender and round")
    parser.add_argument("--pause", type=float, default=0.15, help="seconds between changes")
    arguments = parser.parse_args()
    hosts = f"wh-latency-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", hosts], check=True)
    try:
        for command in ("link add v0 type veth peer name v1", "link set lo up", "link set v1 up", "link set v0 up"):
            subprocess.run(["ip", "-n", hosts, *command.split()], check=True)
        compare(hosts, arguments)
    finally:
        subprocess.run(["ip", "netns", "del", hosts], check=False)


def compare(hosts, arguments):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        contenders = [Wirehook("wirehook hooks run", hosts, folder), IpMonitor("ip monitor | while read", hosts, folder)]
        if shutil.which("networkd-dispatcher") and os.path.exists("/usr/lib/systemd/systemd-networkd"):
            contenders.append(NetworkdDispatcher("networkd-dispatcher", hosts, folder))
        else:
            print("networkd-dispatcher is not installed and left out (Debian: networkd-dispatcher, systemd, dbus)", file=sys.stderr)
        results = {c.name: [] for c in contenders}
        for _ in range(arguments.rounds):
            for contender in contenders:
                results[contender.name] += measure(contender, arguments.changes, arguments.pause)
        print(f"{'':26}{'after ip returns':>24}{'after ip starts':>24}{'missed':>8}")
        print(f"{'ms':26}{'median':>12}{'p99':>12}{'median':>12}{'p99':>12}")
        for name, values in results.items():
            seen = [v for v in values if v]
            if not seen:
                print(f"{name:26}never started its program; {len(values)} changes")
                continue
            columns = [sorted(v[i] for v in seen) for i in (0, 1)]
            cells = "".join(f"{statistics.median(c):12.2f}{c[min(len(c) - 1, int(len(c) * 0.99))]:12.2f}" for c in columns)
            print(f"{name:26}{cells}{len(values) - len(seen):8}")


main()
