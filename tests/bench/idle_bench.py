#!/usr/bin/env python3
"""What a daemon costs that has nothing to do: clean checkouts, no event, no network.

  idle_bench.py COMMITS [--repos 68] [--interval 180] [--cycles 1] [--hubs]

Starts a daemon, waits for its first two cycles, and measures whole cycles from there: processor time of the daemon and of
every child it waited for, its memory, and how many processes it started. With --hubs every checkout has an upstream in a
directory of this machine, so that each cycle asks it.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request


def processor_seconds(pid):
    fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own and its children's


def status_of(pid, name):
    lines = pathlib.Path("/proc/%d/status" % pid).read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])


class World:
    def __init__(self, root, options):
        self.root, self.options, self.home = root, options, root / "home"
        self.home.mkdir()
        (self.home / ".gitconfig").write_text("[user]\n\tname = Dev\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n")
        self.env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "AUTO_COMMIT_API_PORT": "0",
                    "AUTO_COMMIT_COORDINATOR_URL": "", "XDG_RUNTIME_DIR": str(root / "run")}
        (root / "run").mkdir(mode=0o700)
        seed = root / "seed"
        self.run("git", "init", "-q", str(seed))
        for i in range(200):
            (seed / ("d%d" % (i % 20))).mkdir(exist_ok=True)
            (seed / ("d%d/f%d.txt" % (i % 20, i))).write_text("%d\n" % i)
        self.run("git", "add", ".", cwd=seed)
        self.run("git", "commit", "-qm", "start", cwd=seed)
        self.run("git", "clone", "-q", "--bare", str(seed), str(root / "bare"))
        for i in range(options.repos):
            path, hub = root / "code" / ("r%d" % i), root / "hubs" / ("r%d.git" % i)
            if options.hubs:
                shutil.copytree(root / "bare", hub)
                self.run("git", "clone", "-q", str(hub), str(path))
            else:
                self.run("git", "clone", "-q", str(root / "bare"), str(path))
                self.run("git", "remote", "remove", "origin", cwd=path)

    def run(self, *arguments, cwd=None):
        subprocess.run(arguments, cwd=cwd or self.root, env=self.env, check=True, capture_output=True)

    def start(self):
        self.run(self.options.commits.resolve(), "start", "%ds" % self.options.interval, "-R", "code")
        self.entry = json.loads((self.home / ".config/commits/daemons.json").read_text())["daemons"][0]
        self.token = pathlib.Path(self.entry["token_file"]).read_text().split("\n")[0]

    def ask(self, verb, path):
        request = urllib.request.Request(self.entry["url"] + path, method=verb, data=b"{}" if verb == "POST" else None,
                                         headers={"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        return json.loads(urllib.request.urlopen(request).read())

    def await_cycle(self, number):
        while True:
            cycle = self.ask("GET", "/status")["cycle"]
            if cycle["number"] > number or (cycle["number"] == number and not cycle["running"]):
                return
            time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commits", type=pathlib.Path)
    parser.add_argument("--repos", type=int, default=68)
    parser.add_argument("--interval", type=int, default=180)
    parser.add_argument("--cycles", type=int, default=1)
    parser.add_argument("--hubs", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="idle-bench-") as directory:
        world = World(pathlib.Path(directory), options)
        world.start()
        pid = world.entry["pid"]
        try:
            world.await_cycle(1)
            time.sleep(15)  # what settles after the first look: directories are watched, events looked after
            world.await_cycle(world.ask("POST", "/cycle")["cycle"])
            time.sleep(15)
            began, before, switches = time.monotonic(), processor_seconds(pid), status_of(pid, "voluntary_ctxt_switches")
            time.sleep(options.interval * options.cycles)  # nobody asks it anything meanwhile
            spent, taken = processor_seconds(pid) - before, time.monotonic() - began
            switches = status_of(pid, "voluntary_ctxt_switches") - switches
            print("%d clean checkouts%s, a cycle each %d s: %.3f %% of one core over %.0f s (%.2f s; %d wake-ups of the main thread)" % (
                options.repos, " with hubs" if options.hubs else "", options.interval, 100 * spent / taken, taken, spent, switches))
            print("RSS %.1f MiB (of it %.1f anonymous), %d threads, %d cycles in all" % (
                status_of(pid, "VmRSS") / 1024, status_of(pid, "RssAnon") / 1024, status_of(pid, "Threads"),
                world.ask("GET", "/status")["cycle"]["number"]))
        finally:
            subprocess.run([options.commits.resolve(), "stop", "--all"], env=world.env, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
