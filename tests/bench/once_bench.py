#!/usr/bin/env python3
"""Times whole runs of `commits once` against plain git doing the same by hand, in turn, in one session.

  once_bench.py COMMITS [--rounds N] [--repos N]

Prints medians, the ratio, what the ratio is meant to be, and the peak memory. Nothing is asserted: a loaded machine is
no bug. The worlds are throw-away, hubs are bare repositories on the same disk.
"""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WORDS = "parse print read write count merge split order check trace".split()


class World:
    def __init__(self, root):
        self.root = root
        self.env = {"HOME": root, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "AUTO_COMMIT_FILE_QUIET_SECONDS": "0"}
        with open(root + "/.gitconfig", "w") as config:
            config.write("[user]\n\tname = R\n\temail = r@example.invalid\n[init]\n\tdefaultBranch = main\n")

    def git(self, where, *arguments):
        subprocess.run(["git", *arguments], cwd=where, env=self.env, check=True, capture_output=True)

    def repo(self, name, commits, hub):
        where = os.path.join(self.root, name)
        self.git(self.root, "init", "-q", where)
        for i in range(commits):
            word = WORDS[i % len(WORDS)]
            self.write(where, "src/%s.c" % word, "int %s_%d(int a)\n{\n    return a + %d;\n}\n" % (word, i, i), "a")
            self.write(where, "tests/%s_test.c" % word, "void test_%s_%d(void) { check(%s_%d(1)); }\n" % (word, i, word, i), "a")
            self.git(where, "add", "-A")
            self.git(where, "commit", "-q", "-m", "feat(%s): add %s_%d" % (word, word, i))
        if hub:
            self.git(self.root, "init", "-q", "--bare", name + ".git")
            self.git(where, "remote", "add", "origin", os.path.join(self.root, name + ".git"))
            self.git(where, "push", "-q", "-u", "origin", "main")
        return where

    @staticmethod
    def write(where, name, text, mode="w"):
        path = os.path.join(where, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, mode) as file:
            file.write(text)

    def timed(self, where, command):
        begin = time.perf_counter()
        done = subprocess.run(command, cwd=where, env=self.env, shell=isinstance(command, str), stdin=subprocess.DEVNULL,
                              capture_output=True)
        took = time.perf_counter() - begin
        if done.returncode:
            sys.exit("%s failed: %s" % (command, done.stderr.decode()))
        return took * 1000


def show(what, ours, theirs, aim):
    a, b = statistics.median(ours), statistics.median(theirs)
    print("%-52s %8.1f ms  git %7.1f ms  ratio %5.2f  (aim <= %g)" % (what, a, b, a / b, aim))


def dirty(world, program, rounds, files, what):
    ours, theirs = [], []
    where = world.repo("dirty%d" % files, 40, True)
    for i in range(2 * rounds):
        for f in range(files):
            word = WORDS[(i + f) % len(WORDS)]
            world.write(where, "src/%s.c" % word, "int more_%s_%d(void) { return %d; }\n" % (word, i, i), "a")
        if i % 2:
            ours.append(world.timed(where, [program, "once", where]))
        else:
            theirs.append(world.timed(where, "git add -A && git commit -q -m 'feat: more' && git push -q"))
    show(what, ours, theirs, 3)


def clean(world, program, rounds):
    alone, behind_hub = world.repo("alone", 40, False), world.repo("clean", 40, True)
    large = world.repo("large", 1, False)
    for i in range(2000):
        world.write(large, "src/part%d/file%d.c" % (i // 40, i), "int file_%d;\n" % i)
    world.git(large, "add", "-A")
    world.git(large, "commit", "-q", "-m", "feat: add parts")
    for where, extra, what in ((alone, [], "clean, 20 files, no upstream"), (large, [], "clean, 2000 files, no upstream"),
                               (behind_hub, ["--no-pull"], "clean, --no-pull"), (behind_hub, [], "clean, hub asked")):
        ours, theirs = [], []
        for _ in range(rounds):
            theirs.append(world.timed(where, ["git", "status"]))
            ours.append(world.timed(where, [program, "once", *extra, where]))
        show(what, ours, theirs, 3)


def many(world, program, rounds, count):
    folder = os.path.join(world.root, "many")
    os.makedirs(folder)
    first = world.repo("many/r0", 5, False)
    for i in range(1, count):
        shutil.copytree(first, "%s/r%d" % (folder, i))
    world.timed(folder, "for r in *; do git -C $r status; done")  # the copies' stat data are refreshed once
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(world.timed(folder, "for r in *; do git -C $r status; done"))
        ours.append(world.timed(folder, [program, "once", "-R", "--no-pull", folder]))
    show("%d clean checkouts, -R --no-pull" % count, ours, theirs, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--repos", type=int, default=68)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as root:
        world = World(root)
        dirty(world, program, options.rounds, 1, "dirty: 1 file, commit and push")
        dirty(world, program, options.rounds, 4, "dirty: 4 files, commits and push")
        clean(world, program, options.rounds)
        many(world, program, max(3, options.rounds // 3), options.repos)
    print("peak memory of the largest process: %.1f MiB (aim <= 40)"
          % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
