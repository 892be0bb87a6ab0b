# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as it is from outside: read through AT-SPI, worked with mouse and keyboard.

Needs a display and a session bus of its own.
"""

import gettext
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time

from node import Atspi, GLib, Node, skip

DEADLINE_SECONDS = 20
MOST_TABS = 80


def find_free_port(kind):
    """Returns a port of 127.0.0.1 that nobody used a moment ago."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def xdotool(*arguments):
    return subprocess.run(["xdotool", *arguments], stdout=subprocess.PIPE, check=False,
                          text=True, timeout=DEADLINE_SECONDS).stdout


class Window:
    """The program, started in a language, and its one window. Names are given in English."""

    def __init__(self, program, language=None, localedir=None):
        if shutil.which("xdotool") is None:
            skip("xdotool is not installed")

        self.directory = tempfile.TemporaryDirectory(prefix="bothends-")
        self.translations = gettext.NullTranslations()
        environment = dict(os.environ)
        if language is not None:
            self._set_language(environment, language, localedir)

        Atspi.set_timeout(5000, 10000)
        self.process = subprocess.Popen([program], env=environment)
        self.application = self.wait_for(self._find_application, "the program on the accessibility bus")
        self.application.accessible.set_cache_mask(Atspi.Cache.NONE)
        self.await_control("Start Server")
        self.identifier = self.wait_for(self._find_identifier, "the window on the display")
        _, _, self.width, self.height = self._read_geometry()
        xdotool("windowfocus", "--sync", self.identifier)

    def _set_language(self, environment, language, localedir):
        locale = f"{language}.UTF-8"
        if shutil.which("localedef") is None:
            skip("localedef is not installed")
        subprocess.run(["localedef", "-i", language, "-f", "UTF-8",
                        os.path.join(self.directory.name, locale)],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not os.path.exists(os.path.join(self.directory.name, locale, "LC_MESSAGES")):
            skip(f"this system cannot make the locale {locale}")

        environment.update(LOCPATH=self.directory.name, LC_ALL=locale, LANGUAGE=language,
                           BOTHENDS_LOCALEDIR=localedir)
        self.translations = gettext.translation("bothends", localedir, [language])
        assert self.translate("Start Server") != "Start Server", f"there is no translation into {language}"

    def translate(self, text):
        return self.translations.gettext(text)

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return Node(child)
        return None

    def _find_identifier(self):
        """Returns X's number of the program's window; it has smaller ones for itself."""
        for line in xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split():
            width = re.search(r"WIDTH=(\d+)", xdotool("getwindowgeometry", "--shell", line))
            if width is not None and int(width.group(1)) > 1:
                return line
        return None

    def _read_geometry(self):
        geometry = xdotool("getwindowgeometry", "--shell", self.identifier)
        return (int(re.search(rf"{key}=(-?\d+)", geometry).group(1)) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def wait_for(self, ask, what):
        """Waits until ask () returns something, and returns that."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended ({self.process.returncode}) before {what}")
            try:
                answer = ask()
            except GLib.Error:
                answer = None  # something went away while we looked at it
            if answer:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}")

    # What is there

    def walk(self):
        """Yields everything in view."""
        return self.application.walk()

    def find(self, name):
        """Returns the control in view that has this name and can be used now, or None."""
        translated = self.translate(name)
        for node in self.walk():
            if node.is_control and node.name == translated and node.is_focusable and node.is_usable:
                return node
        return None

    def await_control(self, name):
        return self.wait_for(lambda: self.find(name), f"“{self.translate(name)}” to be there and usable")

    def list_rows(self, name="Conversation"):
        """Returns the rows of a list; those of the conversation are named with sentences."""
        translated = self.translate(name)
        return [node for node in self.walk()
                if node.role == Atspi.Role.LIST_ITEM and node.parent.name == translated]

    def await_rows(self, text, count):
        """Waits until so many rows of the conversation have the text in them."""
        self.wait_for(lambda: sum(text in row.name for row in self.list_rows()) >= count,
                      f"{count} rows with “{text}”")

    # What a person does

    def click(self, name):
        self.click_on(self.await_control(name))

    def click_on(self, node, button=1, part=0.5):
        """Clicks so far into a node from its left edge."""
        frame = Node(self.application.accessible.get_child_at_index(0)).extents
        left, top, width, height = self._read_geometry()

        # The frame is in the middle of its window, which has a shadow around it.
        x = left + (width - frame.width) // 2 + node.extents.x + int(node.extents.width * part)
        y = top + (height - frame.height) // 2 + node.extents.y + node.extents.height // 2

        # Like a hand: after a menu GTK 4.8 loses a press right after a leap of the pointer.
        for step in (2, 1, 0):
            xdotool("mousemove", "--sync", str(x - step), str(y))
        xdotool("click", str(button))

    def press(self, *keys):
        xdotool("key", "--clearmodifiers", *keys)

    def write_over(self, name, text):
        """Writes into the entry that has the focus, instead of what is there."""
        entry = self.await_control(name)
        self.press("ctrl+a")
        xdotool("type", "--clearmodifiers", "--delay", "10", text)
        self.wait_for(lambda: entry.text == text, f"“{text}” in “{name}”")

    def fill(self, name, text):
        """Clicks on an entry and writes over what is there."""
        entry = self.await_control(name)
        self.click_on(entry)
        self.wait_for(lambda: entry.is_focused, f"the focus in “{name}”")
        self.write_over(name, text)

    def tab_to(self, name):
        """Presses Tab until the control has the focus."""
        control = self.await_control(name)
        for _ in range(MOST_TABS):
            if control.is_focused:
                return
            self.press("Tab")
            time.sleep(0.05)
        raise AssertionError(f"Tab does not lead to “{name}”")

    def resize(self, width):
        """Makes the window so wide, with its shadow."""
        xdotool("windowsize", "--sync", self.identifier, str(width), str(self.height))
        self.wait_for(lambda: width * 0.9 < Node(self.application.accessible.get_child_at_index(0)).extents.width <= width,
                      f"a width of {width}")

    def close(self):
        """Quits like a person and waits for the program to end well."""
        self.press("ctrl+q")
        status = self.process.wait(DEADLINE_SECONDS)
        assert status == 0, f"the program ended with {status}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.directory.cleanup()
