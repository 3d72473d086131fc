#!/usr/bin/env python3
"""Installs a build into an empty prefix and uses what is there: installed.py BUILD_DIRECTORY"""

import os
import pathlib
import subprocess
import sys
import tempfile

EXPECTED = [
    "bin/commits",
    "share/man/man1/commits.1",
    "share/bash-completion/completions/commits",
    "share/zsh/site-functions/_commits",
    "share/fish/vendor_completions.d/commits.fish",
]


def main():
    with tempfile.TemporaryDirectory() as directory:
        prefix = pathlib.Path(directory, "a prefix")
        subprocess.run(["cmake", "--install", sys.argv[1], "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        expected = EXPECTED + (["lib/systemd/user/auto-commit.service"] if sys.platform == "linux" else [])
        missing = [name for name in expected if not (prefix / name).is_file() or not (prefix / name).stat().st_size]
        assert not missing, f"not installed: {missing}"
        if sys.platform == "linux":
            unit = (prefix / expected[-1]).read_text()
            assert f'ExecStart="{prefix}/bin/commits" start' in unit, unit
        if (prefix / "bin/commits-tray").exists():
            page = (prefix / "share/man/man1/commits-tray.1").read_text().replace("\\-", "-")
            assert "--token-file" in page, page
            assert (prefix / "share/applications/commits-tray.desktop").exists()
        environment = {"HOME": directory, "PATH": os.environ["PATH"], "AUTO_COMMIT_API_PORT": "0"}

        def commits(*arguments):
            ran = subprocess.run([prefix / "bin/commits", *arguments], env=environment, capture_output=True, text=True,
                                 stdin=subprocess.DEVNULL, cwd=directory, timeout=120)
            assert ran.returncode == 0, f"{arguments}: {ran.returncode}\n{ran.stdout}{ran.stderr}"
            return ran.stdout

        assert "pushed" in commits("demo")
        commits("start", "-R", directory) # the library of the daemon is found
        commits("stop")


main()
