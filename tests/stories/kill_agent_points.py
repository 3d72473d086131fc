#!/usr/bin/env python3
"""Kills the agent (`commits once --remote URL`) with SIGKILL at its system calls and compares three histories.

  kill_agent_points.py COMMITS [--points N] [--keep]

A daemon runs on a HOME of its own. First a whole run of the agent is traced and the mutating calls of every process in it
are counted: the points. Then, point by point (or for N of them, spread evenly), a fresh checkout with two edits is
committed by an agent that is killed there, and by another that is not. Afterwards the commits on the hub, in the agent's
history and in the daemon's are the same ones, each once, in the same order. In every second world the hub has moved on
meanwhile, so that the commits get new names. Exits 1 when a point does not hold; 77 (skipped) without strace.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

CALLS = ("write,pwrite64,writev", "rename,renameat,renameat2", "unlink,unlinkat,rmdir", "fsync,fdatasync", "openat",
         "sendto,sendmsg", "execve", "close")
IDENTITY = "[user]\n\tname = Robin\n\temail = robin@example.invalid\n[init]\n\tdefaultBranch = main\n"


class Broken(Exception):
    pass


def require(condition, text):
    if not condition:
        raise Broken(text)


class Host:
    def __init__(self, home, name, program):
        self.home, self.program = home, program
        (home / ".config/commits").mkdir(parents=True)
        (home / "tmp").mkdir()
        (home / ".gitconfig").write_text(IDENTITY)
        self.env = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TMPDIR": str(home / "tmp"),
                    "ASAN_OPTIONS": "detect_leaks=0",  # LeakSanitizer cannot work under strace
                    "AUTO_COMMIT_HOST_NAME": name, "AUTO_COMMIT_ON_NO_MODEL": "fallback",
                    "AUTO_COMMIT_FILE_QUIET_SECONDS": "0"}

    def run(self, *arguments, at=None, check=True):
        done = subprocess.run([str(argument) for argument in arguments], cwd=at or self.home, env=self.env, timeout=120,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if check and done.returncode:
            raise Broken("%s: %s%s" % (" ".join(map(str, arguments)), done.stdout, done.stderr))
        return done

    def say(self, *arguments):
        return self.run(self.program, *arguments).stdout

    def recorded(self, known=None):
        """The commits of the history, oldest first; of the shas `known` only, where that is given."""
        commits = [c["sha"] for c in json.loads(self.say("history", "--json", "-n", "2000"))["commits"]]
        return [sha for sha in reversed(commits) if known is None or sha in known]


class Apricot(Host):
    def __init__(self, root, program):
        super().__init__(root / "apricot", "apricot", program)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (self.home / "code").mkdir()
        self.say("start", "1h", "-R", "code", "--port", port)
        self.url = "http://127.0.0.1:%d" % port
        self.token = self.say("token", "create", "plum", "--host", "plum")


class Plum(Host):
    """A checkout with two edits. What `n` is goes into the files, so that no two worlds share a commit."""

    def __init__(self, root, program, apricot, n):
        super().__init__(root / "plum", "plum", program)
        self.apricot, self.work, self.hub = apricot, self.home / "work", self.home / "hub.git"
        token = self.home / ".config/commits/token"
        token.write_text(apricot.token)
        token.chmod(0o600)
        self.run("git", "init", "-q", "--bare", self.hub)
        self.run("git", "init", "-q", self.work)
        self.write("src/parser.py", "def parse():\n    return %d\n" % n)
        self.write("docs/guide.md", "# Guide %d\n\nHow to use it.\n" % n)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "feat: begin %d" % n)
        self.git("remote", "add", "origin", str(self.hub))
        self.git("push", "-q", "-u", "origin", "main")
        self.write("src/parser.py", "def parse():\n    return %d + 1\n" % n)
        self.write("docs/guide.md", "# Guide %d\n\nHow to use it, and why.\n" % n)
        if n % 2:
            other = self.home / "other"
            self.run("git", "clone", "-q", self.hub, other)
            (other / "elsewhere.txt").write_text("%d\n" % n)
            self.run("git", "add", "-A", at=other)
            self.run("git", "commit", "-q", "-m", "by somebody else", at=other)
            self.run("git", "push", "-q", at=other)

    def write(self, name, text):
        path = self.work / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def git(self, *arguments):
        return self.run("git", *arguments, at=self.work).stdout

    def once(self, prefix=(), check=True):
        return self.run(*prefix, self.program, "once", self.work, "--remote", self.apricot.url, check=check)

    def check(self):
        log = self.run("git", "log", "--reverse", "--format=%H %s", "main", at=self.hub).stdout.splitlines()
        made = [line.split()[0] for line in log[1:] if "by somebody else" not in line]
        require(len(made) >= 1, "nothing was committed")
        require(self.git("rev-parse", "HEAD") == self.run("git", "rev-parse", "main", at=self.hub).stdout,
                "the hub has something else")
        require(self.git("status", "--porcelain") == "", "the work tree is not clean")
        here, there = self.recorded(), self.apricot.recorded(set(made))
        require(here == made, "here:  %s\nhub:   %s" % (here, made))
        require(there == made, "there: %s\nhub:   %s" % (there, made))
        # Old names of rebased commits must not have been told either.
        names = set(self.git("reflog", "--format=%H").split()) - set(self.git("rev-list", "HEAD").split())
        require(not self.apricot.recorded(names), "the daemon knows commits by names they lost")


def points_of(root, program, apricot):
    """(calls, n) for every n-th call of these kinds that some process of a whole run makes, over both kinds of worlds."""
    most = dict.fromkeys(CALLS, 0)
    for n in (-2, -1):
        world = Plum(root / str(n), program, apricot, n)
        trace = world.home / "trace"
        trace.mkdir()
        world.once(["strace", "-ff", "-qq", "-o", trace / "t", "-e", "trace=" + ",".join(CALLS)])
        world.check()
        for calls in CALLS:
            pattern = re.compile(r"^(%s)\(" % calls.replace(",", "|"))
            for file in trace.iterdir():
                lines = file.read_text(errors="replace").splitlines()
                most[calls] = max(most[calls], sum(1 for line in lines if pattern.match(line)))
    return [(calls, n) for calls in CALLS for n in range(1, most[calls] + 1)]


def try_point(root, program, apricot, number, calls, n):
    world = Plum(root / str(number), program, apricot, number)
    try:
        world.once(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls, "-e",
                    "inject=%s:signal=KILL:when=%d" % (calls, n)], check=False)
        world.once()
        world.check()
    except (Broken, subprocess.TimeoutExpired) as problem:
        print("world %d, killed at call %d of %s: %s" % (number, n, calls, problem))
        return False
    shutil.rmtree(world.home)
    return True


def tried(root, program, most):
    apricot = Apricot(root, program)
    try:
        points = points_of(root, program, apricot)
        total = len(points)
        if most and most < total:
            points = [points[i * total // most] for i in range(most)]
        failed = sum(not try_point(root, program, apricot, number, *point) for number, point in enumerate(points))
    finally:
        apricot.run(program, "stop", "--all", check=False)
    print("%d of %d points tried, %d failed" % (len(points), total, failed))
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--points", type=int, default=0, help="only so many of them, spread evenly (0 = all)")
    parser.add_argument("--keep", action="store_true", help="leave the worlds of points that failed")
    options = parser.parse_args()
    works = shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode == 0
    if not works:
        print("strace is missing or may not trace here: skipped")
        return 77
    root = tempfile.mkdtemp(prefix="kill-agent-")
    try:
        return tried(pathlib.Path(root), os.path.abspath(options.program), options.points)
    finally:
        if options.keep:
            print("kept: " + root)
        else:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
