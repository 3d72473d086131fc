#!/usr/bin/env python3
"""Times the pull half of `commits once` over many files against plain git doing the same by hand, in turn, in one session.

  treemove_bench.py COMMITS [--rounds N] [--files N]

A checkout is behind its hub (a bare repository on the same disk) by one commit that changes half of the files, adds a
quarter and deletes a quarter. `fetched` has the hub's commits here already; then git has nothing to do but to move the
tree, and `commits once` still asks the hub. Prints medians, the ratio and what the ratio is meant to be. Nothing is
asserted: a loaded machine is no bug.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time


class World:
    def __init__(self, root, files):
        self.root, self.work = root, root + "/work"
        self.env = {"HOME": root, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "AUTO_COMMIT_FILE_QUIET_SECONDS": "0"}
        with open(root + "/.gitconfig", "w") as config:
            config.write("[user]\n\tname = R\n\temail = r@example.invalid\n[init]\n\tdefaultBranch = main\n")
        self.git(root, "init", "-q", "--bare", "hub.git")
        self.git(root, "init", "-q", self.work)
        self.git(self.work, "remote", "add", "origin", root + "/hub.git")
        self.fill(range(0, files * 3 // 4), "old")
        self.begin = self.publish("feat: begin")
        for i in range(0, files // 4):
            os.remove(self.path(i))
        self.fill(range(files // 4, files), "new")
        self.end = self.publish("feat: go on")

    def path(self, i):
        return "%s/dir%02d/file%d.c" % (self.work, i % 37, i)

    def fill(self, numbers, word):
        for i in numbers:
            os.makedirs(os.path.dirname(self.path(i)), exist_ok=True)
            with open(self.path(i), "w") as file:
                file.write("".join("int %s_%d_%d(void) { return %d; }\n" % (word, i, n, n) for n in range(60)))

    def publish(self, subject):
        self.git(self.work, "add", "-A")
        self.git(self.work, "commit", "-q", "-m", subject)
        self.git(self.work, "push", "-q", "-u", "origin", "main")
        return self.git(self.work, "rev-parse", "HEAD")

    def git(self, where, *arguments):
        return subprocess.run(["git", *arguments], cwd=where, env=self.env, check=True, capture_output=True,
                              text=True).stdout.strip()

    def rewind(self, fetched):
        self.git(self.work, "reset", "-q", "--hard", self.begin)
        self.git(self.work, "update-ref", "refs/remotes/origin/main", self.end if fetched else self.begin)
        os.sync()

    def timed(self, command):
        begin = time.perf_counter()
        done = subprocess.run(command, cwd=self.work, env=self.env, stdin=subprocess.DEVNULL, capture_output=True)
        took = time.perf_counter() - begin
        if done.returncode or self.git(self.work, "rev-parse", "HEAD") != self.end:
            sys.exit("%s failed: %s" % (command, (done.stdout + done.stderr).decode()))
        return took * 1000


def compare(world, program, rounds, fetched, theirs, what):
    ours, git = [], []
    for _ in range(rounds):
        world.rewind(fetched)
        git.append(world.timed(theirs))
        world.rewind(fetched)
        ours.append(world.timed([program, "once", world.work]))
    a, b = statistics.median(ours), statistics.median(git)
    print("%-44s %8.1f ms  git %7.1f ms  ratio %5.2f  (aim <= 1.5)" % (what, a, b, a / b))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--files", type=int, default=1000)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as root:
        world = World(root, options.files)
        compare(world, program, options.rounds, True, ["git", "merge", "-q", "--ff-only", "origin/main"],
                "%d files, fetched, git merge --ff-only" % options.files)
        compare(world, program, options.rounds, False, ["git", "pull", "-q", "--ff-only"],
                "%d files, git pull --ff-only" % options.files)


if __name__ == "__main__":
    main()
