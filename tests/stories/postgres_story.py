#!/usr/bin/env python3
"""Two daemons that keep their history in one PostgreSQL database, and what becomes of it when the server goes silent.

  postgres_story.py COMMITS

Starts a server of its own. It is frozen (SIGSTOP: connections stay, nothing is answered), goes on, is stopped and started
again, while files are saved under both daemons. They go on committing and pushing, their API answers all the while, and
in the end the history has every commit of both once. Prints the slowest answer of the API in each phase. Exits 77 where
no server is installed.
"""
import contextlib
import glob
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from agent_story import Host, until

SLOWEST = 2.0  # s; one wait for the history, on a loaded machine


class Server:
    def __init__(self, root):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [os.path.dirname(shutil.which("initdb") or "")]
        self.programs = found[-1]
        if not os.path.exists(self.programs + "/initdb") or not shutil.which("psql"):
            print("SKIP: no PostgreSQL server is installed (Debian: package postgresql)")
            sys.exit(77)
        self.root = root
        root.chmod(0o777)
        self.call("initdb", "-D", str(root / "data"), "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start()
        self.call("psql", "-h", str(root), "-U", "admin", "-d", "postgres", "-qc", "CREATE DATABASE history")
        self.url = "postgresql://admin@/history?host=%s" % root

    def call(self, program, *arguments):
        path = os.path.join(self.programs, program)
        command = [path if os.path.exists(path) else program, *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--"] + command
        subprocess.run(command, cwd="/", check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)

    def start(self):
        self.call("pg_ctl", "-D", str(self.root / "data"), "-w", "-l", str(self.root / "log"), "-o",
                  "-F -k %s -c listen_addresses=" % self.root, "start")
        self.pid = int((self.root / "data/postmaster.pid").read_text().split()[0])

    def stop(self, mode="fast"):
        self.call("pg_ctl", "-D", str(self.root / "data"), "-w", "-m", mode, "stop")

    def signal(self, number):
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True).stdout.split()
        for pid in [self.pid, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):  # a backend that ended since they were listed
                os.kill(pid, number)


class Watch(threading.Thread):
    """Asks a daemon's API all the time, and keeps the slowest answer."""

    def __init__(self, host):
        super().__init__(daemon=True)
        entry = json.loads((host.home / ".config/commits/daemons.json").read_text())["daemons"][0]
        self.url, self.token = entry["url"], pathlib.Path(entry["token_file"]).read_text().split("\n")[0]
        self.slowest, self.ended = 0.0, False
        self.start()

    def ask(self, path):
        request = urllib.request.Request(self.url + path, headers={"Authorization": "Bearer " + self.token})
        return json.loads(urllib.request.urlopen(request, timeout=60).read())

    def run(self):
        while not self.ended:
            for path in ("/health", "/status"):
                began = time.monotonic()
                self.ask(path)
                self.slowest = max(self.slowest, time.monotonic() - began)
            time.sleep(0.05)

    def taken(self):
        slowest, self.slowest = self.slowest, 0.0
        return slowest


class Machine(Host):
    def __init__(self, root, name, commits, url):
        super().__init__(root, name, commits)
        self.env.update({"AUTO_COMMIT_DATABASE_URL": url, "AUTO_COMMIT_API_PORT": "0", "AUTO_COMMIT_SETTLE_SECONDS": "1",
                         "AUTO_COMMIT_COORDINATOR_URL": "", "XDG_RUNTIME_DIR": str(self.home / "run")})
        (self.home / "run").mkdir(mode=0o700)
        self.hub, self.work, self.count = root / (name + ".git"), self.home / "code/pear", 0
        self.run("git", "init", "-q", "--bare", str(self.hub))
        self.run("git", "clone", "-q", str(self.hub), str(self.work))
        self.run("git", "commit", "-q", "--allow-empty", "-m", "start", cwd=self.work)
        self.run("git", "push", "-q", "-u", "origin", "main", cwd=self.work)

    def save(self):
        self.count += 1
        (self.work / ("n%d.py" % self.count)).write_text("def n%d():\n    return %d\n" % (self.count, self.count))

    def on_hub(self):
        return self.run("git", "log", "--format=%H", "main", cwd=self.hub).split()[:-1]


def save_and_push(machines):
    for machine in machines:
        machine.save()
    until("what was saved on the hubs", lambda: all(len(machine.on_hub()) == machine.count for machine in machines))


def story(root, commits):
    (root / "pg").mkdir()
    server = Server(root / "pg")
    machines = [Machine(root, name, commits, server.url) for name in ("apricot", "plum")]
    phases, watches = {}, []
    try:
        for machine in machines:
            machine.say("start", "10s", "-R", "code")
        watches = [Watch(machine) for machine in machines]

        def phase(name):
            save_and_push(machines)
            save_and_push(machines)
            phases[name] = max(watch.taken() for watch in watches)

        phase("there")
        server.signal(signal.SIGSTOP)
        phase("frozen")
        if not any("does not answer" in note for note in watches[0].ask("/status")["notes"]):
            sys.exit("the status does not say that the history is away")
        server.signal(signal.SIGCONT)
        phase("thawed")
        server.stop()
        phase("stopped")
        server.start()
        phase("started")

        def rows():
            found = watches[0].ask("/commits?limit=1000")["items"]
            return sorted((row["host"], row["sha"]) for row in found)
        expected = sorted((machine.name, sha) for machine in machines for sha in machine.on_hub())
        until("every commit of both in the history, once", lambda: rows() == expected)
        server.signal(signal.SIGSTOP)
        began = time.monotonic()
        save_and_push(machines)
        for watch in watches:
            watch.ended = True
            watch.join()
        for machine in machines:
            machine.say("stop")
        stopping = time.monotonic() - began
        server.signal(signal.SIGCONT)
        for machine in machines:  # what the history could not be told waits beside the repository
            machine.say("start", "10s", "-R", "code")
        expected = sorted((machine.name, sha) for machine in machines for sha in machine.on_hub())
        watches = [Watch(machine) for machine in machines]
        until("what was committed before the stop", lambda: rows() == expected)
        print("slowest answer of the API: " + ", ".join("%s %.0f ms" % (name, 1000 * took) for name, took in phases.items()))
        print("%d commits of two daemons, each once; a stop with a frozen server took %.0f s" % (len(expected), stopping))
        if max(phases.values()) > SLOWEST:
            sys.exit("the API did not answer in time")
    finally:
        for watch in watches:
            watch.ended = True
            watch.join()
        try:
            server.signal(signal.SIGCONT)
        except (OSError, ValueError):
            pass
        for machine in machines:
            subprocess.run([commits, "stop", "--all"], env=machine.env, capture_output=True)
        try:
            server.stop("immediate")
        except subprocess.SubprocessError:
            pass
        server.call("rm", "-rf", str(server.root / "data"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as directory:
        os.chmod(directory, 0o755)
        story(pathlib.Path(directory), pathlib.Path(sys.argv[1]).resolve())
