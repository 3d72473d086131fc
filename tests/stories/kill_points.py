#!/usr/bin/env python3
"""Kills `commits once` with SIGKILL at its mutating system calls and looks at what is left.

  kill_points.py COMMITS [--points N] [--seed S] [--keep]

First a run is traced and every mutating call of every process in it is counted: the points. Then, point by point (or
for N of them, spread evenly), a fresh world is built, the same run is killed there, and
  - at once: the work tree has every byte it had, the repository is sound, the branch is where it was or further on;
  - after one more run: everything is committed once and on the hub, what was staged is staged, no lock is left.
Exits 1 at the first point that does not hold and says how to see it again. 77 (skipped) without strace.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = ["write,pwrite64,writev", "rename,renameat,renameat2", "link,linkat,symlink,symlinkat",
         "unlink,unlinkat,rmdir", "mkdir,mkdirat", "openat", "fsync,fdatasync", "ftruncate",
         "chmod,fchmod,fchmodat,utimensat", "flock,fcntl", "execve", "close"]
IDENTITY = "[user]\n\tname = Robin\n\temail = robin@example.invalid\n[init]\n\tdefaultBranch = main\n[commit]\n\tgpgsign = false\n"


class World:
    """A home, a hub and a checkout with edits, one staged file and one secret, below a directory of its own."""

    def __init__(self, root):
        self.root, self.work, self.hub = root, root + "/work", root + "/hub.git"
        self.env = {"HOME": root + "/home", "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": root + "/tmp",
                    "ASAN_OPTIONS": "detect_leaks=0",  # LeakSanitizer cannot work under strace
                    "AUTO_COMMIT_FILE_QUIET_SECONDS": "0"}
        os.makedirs(self.env["TMPDIR"])
        os.makedirs(self.env["HOME"])
        with open(self.env["HOME"] + "/.gitconfig", "w") as config:
            config.write(IDENTITY)
        self.git("init", "-q", "--bare", self.hub, at=root)
        self.git("init", "-q", self.work, at=root)
        self.write("src/parser.c", "int parse(void) { return 1; }\n" * 20)
        self.write("src/printer.c", "int print(void) { return 1; }\n" * 20)
        self.write("docs/guide.md", "# Guide\n\nHow to use it.\n")
        self.write("gone.txt", "to be deleted\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "feat: begin")
        self.git("remote", "add", "origin", self.hub)
        self.git("push", "-q", "-u", "origin", "main")
        self.start = self.git("rev-parse", "HEAD").strip()
        self.write("src/parser.c", "int parse(void) { return 2; }\n" * 20)
        self.write("docs/guide.md", "# Guide\n\nHow to use it, and why.\n")
        self.write("src/new.c", "int fresh;\n")
        os.remove(self.work + "/gone.txt")
        self.write("src/printer.c", "staged by the user\n")
        self.git("add", "src/printer.c")
        self.write("src/printer.c", "staged by the user\nand edited after that\n")
        self.write(".env", "TOKEN=\"" + "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345" + "\"\n")
        self.before = self.files()

    def git(self, *arguments, at=None, check=True):
        done = subprocess.run(["git", *arguments], cwd=at or self.work, env=self.env, capture_output=True, text=True)
        if check and done.returncode:
            raise Broken("git %s: %s" % (" ".join(arguments), done.stderr))
        return done.stdout

    def write(self, name, text):
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def files(self):
        found = {}
        for directory, folders, names in os.walk(self.work):
            if ".git" in folders:
                folders.remove(".git")
            for name in names:
                path = os.path.join(directory, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.work)] = file.read()
        return found

    def once(self, program, prefix=()):
        return subprocess.run([*prefix, program, "once", self.work], env=self.env, cwd=self.root, timeout=120,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def check_after_kill(self):
        require(self.files() == self.before, "the work tree changed")
        fsck = subprocess.run(["git", "fsck", "--no-dangling", "--connectivity-only"], cwd=self.work, env=self.env,
                              capture_output=True, text=True)
        require(fsck.returncode == 0, "git fsck: " + fsck.stdout + fsck.stderr)
        self.git("merge-base", "--is-ancestor", self.start, "HEAD")
        for commit in self.git("rev-list", self.start + "..HEAD").split():
            require(".env" not in self.git("ls-tree", "-r", "--name-only", commit), ".env was committed")

    def check_healed(self, healing):
        require(healing.returncode == 0, "the next run failed: " + healing.stdout + healing.stderr)
        require(self.files() == self.before, "the work tree changed in the next run")
        status = sorted(self.git("status", "--porcelain").splitlines())
        require(status == ["?? .env", "MM src/printer.c"] or status == ["MM src/printer.c", "?? .env"], "status: %r" % status)
        require(self.git("show", ":src/printer.c") == "staged by the user\n", "what was staged is not staged any more")
        require(self.git("rev-parse", "HEAD") == self.git("rev-parse", "main", at=self.hub), "the hub has something else")
        for name in ("src/parser.c", "docs/guide.md", "src/new.c"):
            require(self.git("show", "HEAD:" + name).encode() == self.before[name], name + " is not committed as it is")
            made = self.git("log", "--format=%h", self.start + "..HEAD", "--", name).split()
            require(len(made) == 1, "%s was committed %d times" % (name, len(made)))
        require("gone.txt" not in self.git("ls-tree", "--name-only", "HEAD"), "the deletion is not committed")
        locks = [os.path.join(d, f) for d, _, fs in os.walk(self.work + "/.git") for f in fs if f.endswith(".lock")]
        require(not locks, "locks are left: %s" % locks)
        require(self.git("fsck", "--no-dangling") == "", "git fsck complains")


class Broken(Exception):
    pass


def require(condition, text):
    if not condition:
        raise Broken(text)


def points_of(program):
    """(calls, n) for every n-th call of these kinds that some process of a whole run makes."""
    with tempfile.TemporaryDirectory() as root:
        world = World(root)
        trace = root + "/trace"
        os.makedirs(trace)
        run = world.once(program, ["strace", "-ff", "-qq", "-o", trace + "/t", "-e", "trace=" + ",".join(CALLS)])
        require(run.returncode == 0, "the run that was to be traced failed: " + run.stderr)
        world.check_healed(run)
        points = []
        for calls in CALLS:
            pattern = re.compile(r"^(%s)\(" % calls.replace(",", "|"))
            most = 0
            for name in os.listdir(trace):
                with open(os.path.join(trace, name), errors="replace") as file:
                    most = max(most, sum(1 for line in file if pattern.match(line)))
            points += [(calls, n) for n in range(1, most + 1)]
        return points


def try_point(program, calls, n, keep):
    root = tempfile.mkdtemp(prefix="kill-point-")
    try:
        world = World(root)
        world.once(program, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls,
                             "-e", "inject=%s:signal=KILL:when=%d" % (calls, n)])
        world.check_after_kill()
        healing = world.once(program)
        world.check_healed(healing)
    except (Broken, subprocess.TimeoutExpired) as problem:
        print("killed at call %d of %s: %s" % (n, calls, problem))
        print("see it again: %s %s --only '%s:%d' --keep" % (sys.argv[0], program, calls, n))
        return False
    finally:
        if keep:
            print("kept: " + root)
        else:
            shutil.rmtree(root, ignore_errors=True)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--points", type=int, default=0, help="only so many of them, spread evenly (0 = all)")
    parser.add_argument("--only", help="one point: CALLS:N")
    parser.add_argument("--keep", action="store_true", help="leave the last world in place")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    works = shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode == 0
    if not works:
        print("strace is missing or may not trace here: skipped")
        return 77
    if options.only:
        calls, n = options.only.rsplit(":", 1)
        return 0 if try_point(program, calls, int(n), options.keep) else 1
    points = points_of(program)
    total = len(points)
    if options.points and options.points < total:
        points = [points[i * total // options.points] for i in range(options.points)]
    failed = sum(not try_point(program, calls, n, False) for calls, n in points)
    print("%d of %d points tried, %d failed" % (len(points), total, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
