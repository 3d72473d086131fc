#!/usr/bin/env python3
"""How long a sweep over clean checkouts behind an ssh hub with a slow line takes, against a loop of `git fetch`.

  fetch_bench.py COMMITS [--repos 68] [--rtt-ms 30]

Starts an sshd of its own on loopback behind a proxy that delays every byte by half the round trip, makes bare
repositories and their checkouts, and prints both times and their ratio, and the floor: as many times `true` over one
connection that is shared, eight at a time, which is what ssh itself costs without any git. Needs sshd; touches nothing
but a temporary directory.
"""
import argparse
import asyncio
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time


class DelayingProxy:
    """Forwards one port to another; what goes through arrives half a round trip later, in order."""

    def __init__(self, target, rtt):
        self.delay = rtt / 2
        self.target = target
        self.port = None
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.serve(ready)), daemon=True).start()
        ready.wait()

    async def serve(self, ready):
        server = await asyncio.start_server(self.client, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.Event().wait()

    async def client(self, reader, writer):
        await asyncio.sleep(2 * self.delay)  # the handshake of TCP
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self.pump(reader, far_writer), self.pump(far_reader, writer))

    async def pump(self, reader, writer):
        queue = asyncio.Queue()

        async def deliver():
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0, due - time.monotonic()))
                try:
                    if not data:
                        writer.close()
                        return
                    writer.write(data)
                    await writer.drain()
                except ConnectionError:
                    return

        task = asyncio.create_task(deliver())
        try:
            while data := await reader.read(65536):
                queue.put_nowait((time.monotonic() + self.delay, data))
        except ConnectionError:
            pass
        queue.put_nowait((time.monotonic() + self.delay, b""))
        await task


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class World:
    def __init__(self, root):
        self.root = root
        self.home = root / "home"
        self.home.mkdir()
        self.env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(root / "r")}
        (root / "r").mkdir(mode=0o700)
        self.servers = []

    def run(self, *args, cwd=None):
        return subprocess.run(args, cwd=cwd or self.root, env=self.env, check=True, capture_output=True)

    def start_sshd(self, rtt):
        for name in ("host", "user"):
            self.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name)
        port = free_port()
        (self.root / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1:{port}\nHostKey {self.root}/host\nAuthorizedKeysFile {self.root}/user.pub\n"
            "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nPidFile none\n"
            # a forge starts no shell that reads what this user's does: seen to cost 0.2 s of each session
            f"AcceptEnv GIT_PROTOCOL\nSetEnv HOME={self.root}/served\n")
        (self.root / "served").mkdir()
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", self.root / "sshd_config"], stderr=subprocess.DEVNULL)
        self.servers.append(server)
        proxy = DelayingProxy(port, rtt)
        host_key = (self.root / "host.pub").read_text()
        (self.root / "known").write_text(f"[127.0.0.1]:{proxy.port} {host_key}")
        (self.root / "ssh_config").write_text(
            f"Host hub\nHostName 127.0.0.1\nPort {proxy.port}\nIdentityFile {self.root}/user\nIdentitiesOnly yes\n"
            f"IdentityAgent none\nUserKnownHostsFile {self.root}/known\n")
        (self.home / ".gitconfig").write_text(
            f"[user]\n\tname = Dev\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n"
            f"[core]\n\tsshCommand = ssh -F {self.root}/ssh_config\n")
        time.sleep(0.5)

    def make_checkouts(self, count):
        code = self.root / "code"
        code.mkdir()
        for i in range(count):
            bare, work = self.root / "hub" / f"r{i}.git", code / f"r{i}"
            self.run("git", "init", "-q", "--bare", str(bare))
            self.run("git", "init", "-q", str(work))
            (work / "README").write_text(f"{i}\n")
            self.run("git", "add", ".", cwd=work)
            self.run("git", "commit", "-qm", "start", cwd=work)
            self.run("git", "remote", "add", "origin", str(bare), cwd=work)
            self.run("git", "push", "-qu", "origin", "main", cwd=work)
            self.run("git", "remote", "set-url", "origin", f"ssh://hub{bare}", cwd=work)
        return code

    def floor(self, count):
        """Seconds for `true` over a shared connection: with an empty command there is nothing left to save."""
        ssh = ["ssh", "-F", str(self.root / "ssh_config"), "-o", "ControlPath=" + str(self.root / "r/floor")]
        self.run(*ssh, "-o", "ControlMaster=yes", "-o", "ControlPersist=60", "hub", "true")
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: self.run(*ssh, "hub", "true"), range(count)))
        taken = time.monotonic() - started
        self.run(*ssh, "-O", "exit", "hub")
        return taken

    def stop(self):
        for server in self.servers:
            server.terminate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commits", type=pathlib.Path)
    parser.add_argument("--repos", type=int, default=68)
    parser.add_argument("--rtt-ms", type=float, default=30)
    options = parser.parse_args()
    if not shutil.which("sshd", path="/usr/sbin:/usr/bin"):
        sys.exit("no sshd here")
    program = options.commits.resolve()
    with tempfile.TemporaryDirectory(prefix="acf") as root:
        world = World(pathlib.Path(root))
        try:
            world.start_sshd(options.rtt_ms / 1000)
            code = world.make_checkouts(options.repos)
            started = time.monotonic()
            for i in range(options.repos):
                world.run("git", "-C", str(code / f"r{i}"), "fetch", "-q")
            loop = time.monotonic() - started
            sweeps = []
            for _ in range(3):
                started = time.monotonic()
                done = subprocess.run([program, "once", "-R", code, "--json"], env=world.env, capture_output=True)
                sweeps.append(time.monotonic() - started)
                if done.returncode != 0:
                    sys.exit(done.stdout.decode() + done.stderr.decode())
            print(f"{options.repos} checkouts, {options.rtt_ms:g} ms round trip")
            print(f"  loop of git fetch   {loop:6.2f} s")
            floor = world.floor(options.repos)
            print(f"  ssh alone, shared   {floor:6.2f} s   1/{loop / floor:.1f}")
            for sweep in sweeps:
                print(f"  commits once -R     {sweep:6.2f} s   1/{loop / sweep:.1f}")
        finally:
            world.stop()


if __name__ == "__main__":
    main()
