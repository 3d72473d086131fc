#!/usr/bin/env python3
"""Breaks off the pull half of `commits once` at its mutating system calls and looks at what is left.

  kill_pull_points.py COMMITS [--points N] [--jobs N] [--only POINT] [--keep]

A checkout is behind its hub by a commit that changes, adds, deletes, renames and relinks files, swaps a directory for a
file and a file for a directory; in the world `diverged` it also has a commit of its own. A run is traced and the
mutating calls are counted, per git command that moves something (`read-tree`, `update-ref`, `fetch`) and for the whole
process tree (`run`). At each of them, in a fresh world, one fault:
  kill    SIGKILL to that git and to `commits`           child   SIGKILL to that git alone
  ENOSPC, EIO, EACCES  that call fails                   ENOSPC+  that call and every later one of its kind fail
`again` are double faults: a kill in the middle of read-tree, and then one at a call of the git commands that heal it.
Between the fault and the next, unharmed run the user does, in turn: nothing; edit a file that the move does not touch
and make a new one; edit a file that the move changes. Afterwards every byte that the user wrote is there, the ignored
file is as it was, nothing of the hub's commit was committed a second time, the repository is sound, no lock is left, and
the tree is exactly the hub's, plus the user's edits. Exits 1 when a point does not hold; 77 (skipped) without strace.
"""
import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

KINDS = {
    "write": "write,pwrite64,writev", "rename": "rename,renameat,renameat2", "link": "link,linkat,symlink,symlinkat",
    "unlink": "unlink,unlinkat,rmdir", "mkdir": "mkdir,mkdirat", "open": "openat", "sync": "fsync,fdatasync",
    "truncate": "ftruncate", "mode": "chmod,fchmod,fchmodat,utimensat", "close": "close", "exec": "execve"}
ERRORS = {
    "write": ("ENOSPC", "EIO", "ENOSPC+"), "rename": ("ENOSPC", "EIO", "EACCES"), "link": ("ENOSPC", "EACCES"),
    "unlink": ("EIO", "EACCES"), "mkdir": ("ENOSPC", "EACCES"), "open": ("ENOSPC", "EIO", "EACCES"), "sync": ("EIO",),
    "truncate": ("EIO",), "mode": ("EIO", "EACCES"), "close": (), "exec": ()}
MOVERS, HEALERS = ("read-tree", "update-ref", "fetch"), ("reset", "checkout-index")
IDENTITY = ("[user]\n\tname = Robin\n\temail = robin@example.invalid\n[init]\n\tdefaultBranch = main\n"
            "[commit]\n\tgpgsign = false\n")
GIT = shutil.which("git")
Point = collections.namedtuple("Point", "world verb kind n fault edit")


class Broken(Exception):
    pass


def require(condition, text):
    if not condition:
        raise Broken(text)


class World:
    def __init__(self, root):
        self.root, self.work, self.hub = root, root + "/work", root + "/hub.git"
        self.env = {"HOME": root + "/home", "PATH": root + "/bin:" + os.environ["PATH"], "LANG": "C.UTF-8",
                    "ASAN_OPTIONS": "detect_leaks=0",  # LeakSanitizer cannot work under strace
                    "TMPDIR": root + "/tmp", "AUTO_COMMIT_FILE_QUIET_SECONDS": "0", "XDG_RUNTIME_DIR": root + "/run"}

    def git(self, *arguments, at=None, check=True):
        done = subprocess.run([GIT, *arguments], cwd=at or self.work, env=self.env, capture_output=True, text=True)
        if check and done.returncode:
            raise Broken("git %s: %s" % (" ".join(arguments), done.stderr))
        return done.stdout

    def write(self, name, text, at=None):
        path = os.path.join(at or self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.work, name)) as file:
            return file.read()

    def files(self, at=None):
        """What is where: type, executable or not, bytes."""
        found, top = {}, at or self.work
        for directory, folders, names in os.walk(top):
            if directory == top:
                folders.remove(".git")
            for name in names + [f for f in folders if os.path.islink(os.path.join(directory, f))]:
                path = os.path.join(directory, name)
                if os.path.islink(path):
                    found[os.path.relpath(path, top)] = ("link", os.readlink(path))
                    continue
                with open(path, "rb") as file:
                    found[os.path.relpath(path, top)] = ("x" if os.access(path, os.X_OK) else "f", file.read())
        return found

    def build(self, diverged):
        for folder in ("home", "tmp", "run", "bin"):
            os.makedirs(self.root + "/" + folder)
        with open(self.env["HOME"] + "/.gitconfig", "w") as config:
            config.write(IDENTITY)
        other = self.root + "/other"
        self.git("init", "-q", "--bare", self.hub, at=self.root)
        self.git("clone", "-q", self.hub, other, at=self.root)
        for name, text in (("big.txt", "old line of a big file\n" * 9000), ("src/a.c", "int a;\n" * 30),
                           ("src/b.c", "int b;\n" * 30), ("doc/old name.md", "# Title\n" * 30), ("gone.txt", "gone\n"),
                           ("deep/er/only.txt", "only\n"), ("tool", "#!/bin/sh\n"), ("turns", "a file\n"),
                           ("folds/one", "1\n"), ("folds/two", "2\n"), ("notes.txt", "notes\n" * 5), ("own.txt", "own\n")):
            self.write(name, text, other)
        self.publish(other, "feat: begin")
        self.git("clone", "-q", self.hub, self.work, at=self.root)
        self.write("big.txt", "new line of the same big file\n" * 9000, other)
        self.write("src/a.c", "int a;\n" * 30 + "int more;\n", other)
        self.write("src/b.c", "", other)
        os.rename(other + "/doc/old name.md", other + "/doc/new name.md")
        os.remove(other + "/gone.txt")
        shutil.rmtree(other + "/deep")
        os.chmod(other + "/tool", 0o755)
        os.remove(other + "/turns")
        self.write("turns/into/directory", "inside\n", other)
        shutil.rmtree(other + "/folds")
        self.write("folds", "into a file\n", other)
        self.write("fresh/added.txt", "added\n" * 3000, other)
        os.symlink("src/a.c", other + "/link")
        self.publish(other, "feat: go on")
        self.write(".git/info/exclude", "*.ignored\n")
        self.write("src/precious.ignored", "precious\n")
        if diverged:
            self.write("own.txt", "own\nours\n")
            self.git("commit", "-qam", "docs: own work")
            self.write("own.txt", "own\nours\n", other)
        os.utime(self.work + "/src/a.c", (1.6e9, 1.6e9))  # touched, not changed
        self.goal = self.files(other)
        self.goal["src/precious.ignored"] = ("f", b"precious\n")

    def publish(self, other, subject):
        self.git("add", "-A", at=other)
        self.git("commit", "-q", "-m", subject, at=other)
        self.git("push", "-q", "origin", "HEAD:main", at=other)

    def copy(self, root):
        for name in ("home", "work", "hub.git", "tmp", "run", "bin"):
            shutil.copytree(self.root + "/" + name, root + "/" + name, symlinks=True)
        twin = World(root)
        config = root + "/work/.git/config"
        with open(config) as file:
            text = file.read().replace(self.hub, twin.hub)
        with open(config, "w") as file:
            file.write(text)
        twin.goal = self.goal
        return twin

    def shim(self, verb, strace, after):
        """A git that runs this one of its commands under strace."""
        path = self.root + "/bin/git"
        with open(path, "w") as file:
            file.write("#!/bin/sh\ncase \" $* \" in\n*\" %s \"*) ;;\n*) exec %s \"$@\" ;;\nesac\n" % (verb, GIT))
            file.write("strace -f -qq %s %s \"$@\"\nrc=$?\n%s\nexit $rc\n" % (strace, GIT, after))
        os.chmod(path, 0o755)

    def unshim(self):
        if os.path.exists(self.root + "/bin/git"):
            os.remove(self.root + "/bin/git")

    def once(self, program, prefix=()):
        for _ in range(50):
            done = subprocess.run([*prefix, program, "once", self.work], env=self.env, cwd=self.root, timeout=120,
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if "another auto-commit" not in done.stdout:
                break
            time.sleep(0.1)  # a process of the run before is still on its way out
        return done


def strace_options(kind, n, fault):
    calls = KINDS[kind]
    inject = "signal=KILL" if fault in ("kill", "child") else "error=" + fault.rstrip("+")
    return ["-o", "/dev/null", "-e", "trace=" + calls,
            "-e", "inject=%s:%s:when=%d%s" % (calls, inject, n, "+" if fault.endswith("+") else "")]


def break_off(world, program, verb, kind, n, fault):
    options = strace_options(kind, n, fault)
    if verb == "run":
        world.once(program, ["strace", "-f", "-qq", *options])
        return
    after = {"kill": "[ $rc -lt 128 ] || kill -9 $PPID", "child": "[ $rc -lt 128 ] || kill -9 $$"}.get(fault, "")
    world.shim(verb, " ".join("'%s'" % option for option in options), after)
    world.once(program)
    world.unshim()


def edit_between(world, edit):
    """Answers what the user wrote, by name."""
    if edit == "none":
        return {}
    if edit == "elsewhere":
        written = {"notes.txt": world.read("notes.txt") + "a thought\n", "new idea.txt": "an idea\n"}
    else:
        before = world.read("src/a.c") if os.path.exists(world.work + "/src/a.c") else ""
        written = {"src/a.c": "int mine;\n" + before}
    for name, text in written.items():
        world.write(name, text)
    return written


def age_locks(world):
    for directory, _, names in os.walk(world.work + "/.git"):
        for name in names:
            if name.endswith(".lock"):
                os.utime(os.path.join(directory, name), (time.time() - 3600,) * 2)


def check(world, program, written):
    healing = world.once(program)
    for name, text in written.items():
        require(os.path.exists(world.work + "/" + name), "%s of the user is gone" % name)
        require(text == world.read(name) or (name == "src/a.c" and "int mine;\n" in world.read(name)),
                "the user's %s was overwritten; the run said: %s" % (name, healing.stdout + healing.stderr))
    if ".lock exists (" in healing.stdout:  # git could not remove it: it is set aside when it is old enough
        age_locks(world)
        healing = world.once(program)
    if healing.returncode and "src/a.c" in written:  # a person has to look, and does: the edit goes on top
        world.git("checkout", "-q", "HEAD", "--", ".")
        healing = world.once(program)
        world.write("src/a.c", "int mine;\n" + world.read("src/a.c"))
        healing = world.once(program)
    require(healing.returncode == 0, "the next run failed: " + healing.stdout + healing.stderr)
    if "src/a.c" in written:
        written["src/a.c"] = "int mine;\n" + "int a;\n" * 30 + "int more;\n"
    mine = {name: ("f", text.encode()) for name, text in written.items()}
    found, goal = world.files(), {**world.goal, **mine}
    odd = sorted(name for name in found.keys() | goal.keys() if found.get(name) != goal.get(name))
    require(not odd, "not as it should be: %s" % odd)
    fresh = subprocess.run(["git", "read-tree", "HEAD"], cwd=world.work, capture_output=True,
                           env={**world.env, "GIT_INDEX_FILE": world.root + "/fresh-index"})
    require(fresh.returncode == 0, "git read-tree")
    for index in (world.root + "/fresh-index", world.work + "/.git/index"):
        status = subprocess.run(["git", "status", "--porcelain"], cwd=world.work, capture_output=True, text=True,
                                env={**world.env, "GIT_INDEX_FILE": index}).stdout
        require(status == "", "git status: " + status)
    require(world.git("rev-parse", "HEAD") == world.git("rev-parse", "main", at=world.hub), "the hub has something else")
    subjects = collections.Counter(world.git("log", "--format=%s").splitlines())
    require(max(subjects.values()) == 1, "committed twice: %s" % subjects)
    touched = world.git("log", "--format=", "--name-only", "--no-renames", "HEAD", "^:/feat: go on").split("\n")
    strange = {name for name in touched if name} - set(written) - {"own.txt"}
    require(not strange, "auto-commit committed what was not the user's: %s" % strange)
    locks = [os.path.join(d, f) for d, _, fs in os.walk(world.work + "/.git") for f in fs if f.endswith(".lock")]
    require(not locks, "locks are left: %s" % locks)
    require(not os.path.exists(world.work + "/.git/auto-commit/journal"), "the journal is open")
    require(world.git("fsck", "--no-dangling") == "", "git fsck complains")


def count_calls(world, program, verb, prepare=None):
    """The most calls of each kind that a process makes: of that git command, or of any process of the run."""
    with tempfile.TemporaryDirectory() as root:
        twin = world.copy(root)
        if prepare:
            prepare(twin)
        trace = root + "/trace"
        os.makedirs(trace)
        options = ["-ff", "-qq", "-o", trace + "/t", "-e", "trace=" + ",".join(KINDS.values())]
        if verb == "run":
            run = twin.once(program, ["strace", *options])
        else:
            twin.shim(verb, " ".join(options), "")
            run = twin.once(program)
        require(run.returncode == 0, "the run that was to be traced failed: " + run.stdout + run.stderr)
        most = collections.Counter()
        for name in os.listdir(trace):
            with open(os.path.join(trace, name), errors="replace") as file:
                lines = file.readlines()
            for kind, calls in KINDS.items():
                pattern = re.compile(r"^(%s)\(" % calls.replace(",", "|"))
                most[kind] = max(most[kind], sum(1 for line in lines if pattern.match(line)))
        return most


def middle(n):
    """A kill of read-tree at its n-th unlink or write: the first fault of a double one."""
    return ("write" if n % 2 else "unlink"), 3 + n % 5


def all_points(worlds, program):
    edits, points = ("none", "elsewhere", "moved"), []

    def add(*fields):
        points.append(Point(*fields, edits[len(points) % 3]))

    for name, world in worlds.items():
        for verb in (*MOVERS, "run"):
            for kind, most in sorted(count_calls(world, program, verb).items()):
                faults = ("kill",) if verb == "run" else ("kill", "child", *ERRORS[kind])
                if verb == "fetch":  # moves no file: the coarser half of its points is enough
                    faults, most = faults[:1] + faults[2:], 0 if kind in ("close", "exec") else most
                for n in range(1, most + 1):
                    for fault in faults:
                        add(name, verb, kind, n, fault)
        for verb in HEALERS:
            broken = lambda twin: break_off(twin, program, "read-tree", *middle(0), "kill")
            for kind, most in sorted(count_calls(world, program, verb, broken).items()):
                for n in range(1, most + 1):
                    add(name, "again:" + verb, kind, n, "kill")
    return points


def try_point(worlds, program, point, keep):
    root = tempfile.mkdtemp(prefix="kill-pull-")
    world = worlds[point.world].copy(root)
    try:
        verb = point.verb
        if verb.startswith("again:"):
            verb = verb[6:]
            break_off(world, program, "read-tree", *middle(point.n), "kill")
        break_off(world, program, verb, point.kind, point.n, point.fault)
        check(world, program, edit_between(world, point.edit))
    except (Broken, subprocess.TimeoutExpired, OSError) as problem:
        print("%s: %s" % (",".join(map(str, point)), problem))
        print("see it again: %s %s --keep --only '%s'" % (sys.argv[0], program, ",".join(map(str, point))), flush=True)
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
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="one point: WORLD,COMMAND,KIND,N,FAULT,EDIT")
    parser.add_argument("--keep", action="store_true", help="leave the world in place")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    works = shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"],
                                                      capture_output=True).returncode == 0
    if not works:
        print("strace is missing or may not trace here: skipped")
        return 77
    with tempfile.TemporaryDirectory() as root:
        worlds = {}
        for name in ("behind", "diverged"):
            worlds[name] = World(root + "/" + name)
            os.makedirs(root + "/" + name)
            worlds[name].build(name == "diverged")
        if options.only:
            fields = options.only.split(",")
            point = Point(*fields[:3], int(fields[3]), *fields[4:])
            return 0 if try_point(worlds, program, point, options.keep) else 1
        points = all_points(worlds, program)
        total = len(points)
        if options.points and options.points < total:
            points = [points[i * total // options.points] for i in range(options.points)]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            failed = sum(not held for held in pool.map(lambda p: try_point(worlds, program, p, options.keep), points))
    print("%d of %d points tried, %d failed" % (len(points), total, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
