#!/usr/bin/env python3
"""Drives the real commits-tray in a real panel, on an X server of its own.

  panel.py BIN_DIR TEST_DIR [--shots DIR]

Both protocols of the tray are tried: StatusNotifierItem over D-Bus, and XEmbed. Exit 0 when all is as it should be, 1
when not, 77 when a program this needs is not installed.
Debian: xvfb xdotool openbox xfce4-panel xfconf dbus dbus-x11 imagemagick fonts-dejavu-core adwaita-icon-theme
"""
import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

NEEDED = ("Xvfb", "xdotool", "openbox", "xfce4-panel", "dbus-daemon", "dbus-send", "import", "convert")
GREEN, RED = "#2e9e5b", "#e5484d"  # the icons of "idle" and "attention"
WIDTH, HEIGHT, BAR = 1300, 840, 30
PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=%d;y=%d"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="%d"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
""" % (WIDTH // 2, HEIGHT - BAR // 2, BAR)


class Failed(Exception):
    pass


def until(what, check, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.1)
    raise Failed("waited %d s for: %s" % (seconds, what))


class Desktop:
    """X server, message bus, window manager and panel, and the programs started in them."""

    def __init__(self, home):
        self.home, self.children = home, []
        for folder in ("run", "config/xfce4/xfconf/xfce-perchannel-xml"):
            os.makedirs(os.path.join(home, folder), mode=0o700)
        with open(os.path.join(home, "config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"), "w") as f:
            f.write(PANEL)
        self.env = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8", "NO_AT_BRIDGE": "1", "QT_QPA_PLATFORM": "xcb",
                    "XDG_RUNTIME_DIR": home + "/run", "XDG_CONFIG_HOME": home + "/config", "XDG_CACHE_HOME": home + "/cache"}
        read, write = os.pipe()
        self.start(["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % (WIDTH, HEIGHT), "-nolisten", "tcp"],
                   pass_fds=[write])
        os.close(write)
        self.env["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
        bus = self.start(["dbus-daemon", "--session", "--print-address", "--nofork"], stdout=subprocess.PIPE)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.start(["openbox"])
        self.panel = self.start(["xfce4-panel", "--disable-wm-check"])
        until("the panel offers a tray", self.has_host)

    def start(self, argv, **more):
        more.setdefault("stdout", subprocess.DEVNULL)
        child = subprocess.Popen(argv, env={**self.env, **more.pop("extra", {})}, stderr=subprocess.DEVNULL, **more)
        self.children.append(child)
        return child

    def out(self, *argv):
        return subprocess.run(argv, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()

    def has_host(self):
        return "true" in self.out("dbus-send", "--session", "--print-reply", "--dest=org.kde.StatusNotifierWatcher",
                                  "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties.Get",
                                  "string:org.kde.StatusNotifierWatcher", "string:IsStatusNotifierHostRegistered")

    def shot(self, path):
        self.out("import", "-window", "root", path)

    def colour_at(self, colour):
        """Middle of the pixels of that colour in the panel, or nothing."""
        picture = os.path.join(self.home, "panel.png")
        self.shot(picture)
        text = self.out("convert", picture, "-gravity", "south", "-crop", "%dx%d+0+0" % (WIDTH, BAR + 2), "+repage", "-fuzz", "10%",
                        "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour, "-format", "%[fx:w*h*mean] ", "info:")
        if not text or float(text) < 20:
            return None
        box = self.out("convert", picture, "-gravity", "south", "-crop", "%dx%d+0+0" % (WIDTH, BAR + 2), "+repage", "-fuzz", "10%",
                       "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour, "-trim",
                       "-format", "%[fx:page.x+w/2] %[fx:page.y+h/2]", "info:").split()
        return int(float(box[0])), HEIGHT - BAR - 2 + int(float(box[1]))

    def click(self, place, button):
        self.out("xdotool", "mousemove", str(place[0]), str(place[1]), "sleep", "0.3", "click", str(button))

    def windows(self, name):
        return self.out("xdotool", "search", "--onlyvisible", "--name", name).split()

    def close(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in reversed(self.children):
            try:
                child.wait(3)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def tray(desktop, bins, url, token, protocol):
    # Without a message bus Qt falls back to XEmbed; the same panel hosts both.
    extra = {"DBUS_SESSION_BUS_ADDRESS": "disabled:"} if protocol == "xembed" else {}
    return desktop.start([os.path.join(bins, "commits-tray"), "--url", url, "--token-file", token, "--theme", "light"],
                         extra=extra)


def reopen(desktop, second_start, click):
    """The window comes back to where the user is, however it went away and whichever way it is asked for."""
    def in_front():
        shown = desktop.windows("^auto-commit$")
        return shown and desktop.out("xdotool", "getactivewindow").strip() in shown

    def close_it():
        desktop.out("xdotool", "key", "alt+F4")

    def minimise():
        desktop.out("xdotool", "windowminimize", desktop.windows("^auto-commit$")[0])

    def look_elsewhere():
        now = int(desktop.out("xdotool", "get_desktop"))
        desktop.out("xdotool", "set_desktop", str((now + 1) % 4))

    until("the window is in front", in_front)
    where = desktop.out("xdotool", "getactivewindow", "getwindowgeometry").split("\n", 1)[1]
    for name, leave in (("closed", close_it), ("minimised", minimise), ("on another desktop", look_elsewhere)):
        for way, ask in (("a second start", second_start), ("a click on the icon", click)):
            leave()
            until("the window is " + name, lambda: not desktop.windows("^auto-commit$"))
            ask()
            until("%s brings the window back that was %s" % (way, name), in_front)
    if desktop.out("xdotool", "getactivewindow", "getwindowgeometry").split("\n", 1)[1] != where:
        raise Failed("the window moved while it was closed and opened")


def story(protocol, bins, tests, shots):
    with tempfile.TemporaryDirectory(prefix="panel-") as home:
        desktop = Desktop(home)
        try:
            daemon = desktop.start([os.path.join(tests, "fakedaemon"), "normal"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            url, secret = daemon.stdout.readline().decode().split()
            token = os.path.join(home, "token")
            with open(token, "w") as f:
                f.write(secret + "\n")

            posts = []

            def collect():
                for line in iter(daemon.stdout.readline, b""):
                    posts.append(line)

            threading.Thread(target=collect, daemon=True).start()

            def order(text):
                daemon.stdin.write(text.encode() + b"\n")
                daemon.stdin.flush()

            def keep(name):
                if shots:
                    desktop.shot(os.path.join(shots, "%s-%s.png" % (protocol, name)))

            program = tray(desktop, bins, url, token, protocol)
            place = until("a green icon in the panel", lambda: desktop.colour_at(GREEN))
            keep("idle")
            if desktop.windows("^auto-commit$"):
                raise Failed("the window opened without being asked")

            desktop.click(place, 3)
            time.sleep(1.5)  # the panel draws the menu; nothing tells when it is there
            keep("menu")
            desktop.out("xdotool", "key", "--delay", "150", "Down", "Down", "Down", "Return")
            until("\"Sync now\" of the menu reaches the daemon", lambda: any(b"/cycle" in line for line in list(posts)))

            second = tray(desktop, bins, url, token, protocol)
            until("a second start ends", lambda: second.poll() is not None)
            if second.returncode != 0:
                raise Failed("the second start ended with %d" % second.returncode)
            until("a second start raises the window of the first", lambda: desktop.windows("^auto-commit$"))
            keep("window")
            reopen(desktop, lambda: tray(desktop, bins, url, token, protocol), lambda: desktop.click(place, 1))

            order("trouble")
            until("a red icon after trouble", lambda: desktop.colour_at(RED))
            keep("attention")
            order("normal")
            until("green again", lambda: desktop.colour_at(GREEN))

            desktop.panel.terminate()
            desktop.panel.wait(5)
            until("the icon is gone with the panel", lambda: not desktop.colour_at(GREEN))
            desktop.panel = desktop.start(["xfce4-panel", "--disable-wm-check"])
            until("the icon comes back with the panel", lambda: desktop.colour_at(GREEN), 20)

            daemon.terminate()
            until("no green while the daemon is away", lambda: not desktop.colour_at(GREEN))
            keep("offline")
            if program.poll() is not None:
                raise Failed("the tray died with its daemon")
        finally:
            desktop.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bins")
    parser.add_argument("tests")
    parser.add_argument("--shots")
    options = parser.parse_args()
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        return 77
    if options.shots:
        os.makedirs(options.shots, exist_ok=True)
    result = 0
    for protocol in ("sni", "xembed"):
        began = time.monotonic()
        try:
            story(protocol, options.bins, options.tests, options.shots)
            print("%s: ok, %.1f s" % (protocol, time.monotonic() - began))
        except Failed as failure:
            print("%s: FAILED: %s" % (protocol, failure))
            result = 1
    return result


if __name__ == "__main__":
    sys.exit(main())
