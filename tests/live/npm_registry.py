#!/usr/bin/env python3
"""A version that a package manager really publishes, as the daemon sees it: pending, then published.

  npm_registry.py COMMITS [--registry DIR]

Installs verdaccio, a registry that speaks npm's protocol, from the npm registry into DIR (default: a temporary directory;
give one to install only once), runs it on loopback, lets a daemon commit a version bump of a plain and of a scoped
package, sees both pending after they were asked for, publishes the two with `npm publish`, and waits until the daemon
says that they arrived. A third one is never published and stays pending. Takes two to three minutes, because a registry
that does not have a version is asked again after one minute: on demand, not part of the test suite. Exits 77 with a
reason when there is no npm or no network.
"""
import argparse
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE = 180
# verdaccio names one of its dependencies by a tag; mirrors of the npm registry know versions only
PACKAGE = {"name": "registry-for-a-test", "version": "1.0.0", "private": True, "dependencies": {"verdaccio": "6.1.2"},
           "overrides": {"node-fetch": "2.6.7"}}
CONFIG = """storage: {root}/storage
auth:
  htpasswd:
    file: {root}/htpasswd
uplinks: {{}}
packages:
  '@*/*': {{ access: $all, publish: $authenticated }}
  '**': {{ access: $all, publish: $authenticated }}
log: {{ type: stdout, format: json, level: warn }}
"""


def skip(why):
    print("SKIP: " + why)
    sys.exit(77)


def install(directory):
    """Where verdaccio's program is."""
    program = directory / "node_modules/verdaccio/bin/verdaccio"
    if program.exists():
        return program
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "package.json").write_text(json.dumps(PACKAGE))
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=directory, capture_output=True, text=True)
    if done.returncode != 0 or not program.exists():
        skip("verdaccio could not be installed from the npm registry: " + done.stderr[-300:])
    return program


def until(what, found):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (value := found()):
            return value
        time.sleep(0.2)
    sys.exit("waited in vain for " + what)


class Registry:
    def __init__(self, root, program):
        self.root = root
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = "http://127.0.0.1:%d/" % self.port
        (root / "config.yaml").write_text(CONFIG.format(root=root))
        self.server = subprocess.Popen(["node", program, "-c", root / "config.yaml", "-l", "127.0.0.1:%d" % self.port],
                                       stdout=(root / "log").open("w"), stderr=subprocess.STDOUT,
                                       env={"HOME": str(root), "PATH": os.environ["PATH"]})
        until("the registry to answer", lambda: self.answers("-/ping"))
        body = {"name": "dev", "password": "a-word-for-a-test"}
        request = urllib.request.Request(self.url + "-/user/org.couchdb.user:dev", method="PUT", data=json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        token = json.loads(urllib.request.urlopen(request).read())["token"]
        (root / "npmrc").write_text("registry=%s\n//127.0.0.1:%d/:_authToken=%s\n" % (self.url, self.port, token))

    def answers(self, path):
        try:
            return urllib.request.urlopen(self.url + path).status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def publish(self, directory):
        subprocess.run(["npm", "publish", "--access", "public"], cwd=directory, check=True, capture_output=True, text=True, env={
            "HOME": str(self.root), "PATH": os.environ["PATH"], "npm_config_userconfig": str(self.root / "npmrc"), "npm_config_cache": str(self.root / "cache")})


class Host:
    def __init__(self, root, commits, registry):
        self.root, self.commits, self.home = root, commits, root / "home"
        (self.home / ".config/commits").mkdir(parents=True)
        (self.home / ".gitconfig").write_text("[user]\n\tname = Dev\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n")
        (self.home / ".config/commits/startup-config.json").write_text(json.dumps({
            "settle_seconds": 1, "file_quiet_seconds": 0, "coordinator_url": [],
            "registries": ["npm=%s{package}/{version}" % registry.url]}))
        self.env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "AUTO_COMMIT_API_PORT": "0"}

    def run(self, *arguments, cwd=None):
        return subprocess.run(arguments, cwd=cwd or self.root, env=self.env, check=True, capture_output=True, text=True).stdout

    def checkout(self, name, package):
        path, hub = self.root / "code" / name, self.root / (name + ".git")
        self.run("git", "init", "-q", "--bare", str(hub))
        self.run("git", "clone", "-q", str(hub), str(path))
        self.version(path, package, "1.0.0")
        self.run("git", "add", ".", cwd=path)
        self.run("git", "commit", "-qm", "start", cwd=path)
        self.run("git", "push", "-qu", "origin", "main", cwd=path)
        return path

    @staticmethod
    def version(path, package, version):
        (path / "package.json").write_text(json.dumps({"name": package, "version": version, "main": "index.js"}, indent=2) + "\n")
        (path / "index.js").write_text("module.exports = '%s';\n" % version)

    def releases(self):
        entry = json.loads((self.home / ".config/commits/daemons.json").read_text())["daemons"][0]
        token = pathlib.Path(entry["token_file"]).read_text().split("\n")[0]
        request = urllib.request.Request(entry["url"] + "/releases", headers={"Authorization": "Bearer " + token})
        found = json.loads(urllib.request.urlopen(request).read())["items"]
        return {row["package"]: row for row in found if row["version"] == "1.1.0"}


def story(root, options):
    started = time.monotonic()
    program = install(options.registry or root / "verdaccio")
    installed = time.monotonic()
    (root / "registry").mkdir()
    registry = Registry(root / "registry", program)
    host = Host(root, options.commits.resolve(), registry)
    names = {"pear": "pear-of-a-test", "plum": "@orchard/plum", "quince": "never-published"}
    paths = {name: host.checkout(name, package) for name, package in names.items()}
    host.run(host.commits, "start", "10s", "-R", "code")
    try:
        for name, package in names.items():
            host.version(paths[name], package, "1.1.0")
        pending = until("all three to be pending after a question", lambda: (rows := host.releases()) and len(rows) == 3
                        and all(row["checks"] >= 1 for row in rows.values()) and rows)
        if any(row["state"] != "pending" for row in pending.values()):
            sys.exit("not pending: %s" % pending)
        for name in ("pear", "plum"):
            registry.publish(paths[name])
        published = time.monotonic()
        rows = until("two of them to be published", lambda: (rows := host.releases())
                     and all(rows[names[name]]["state"] == "published" for name in ("pear", "plum")) and rows)
        if rows[names["quince"]]["state"] != "pending":
            sys.exit("never published, but %s" % rows[names["quince"]]["state"])
        print("pending, published with npm, seen as published %.0f s later (installing the registry took %.0f s, all of it %.0f s)" % (
            time.monotonic() - published, installed - started, time.monotonic() - started))
    finally:
        subprocess.run([host.commits, "stop", "--all"], env=host.env, capture_output=True)
        registry.server.terminate()
        registry.server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commits", type=pathlib.Path)
    parser.add_argument("--registry", type=pathlib.Path, help="directory to install the registry into, kept")
    options = parser.parse_args()
    for needed in ("npm", "node"):
        if not shutil.which(needed):
            skip("%s is not installed" % needed)
    with tempfile.TemporaryDirectory(prefix="npm-registry-") as directory:
        story(pathlib.Path(directory), options)


if __name__ == "__main__":
    main()
