# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: names.py PROGRAM

Fails on every control without an accessible name: in the empty window, with a
connection, with an error, step by step, in a narrow window, and in all that opens there.
"""

import socket
import sys

from node import Atspi
from window import Window, find_free_port

NARROW_WIDTH = 400


class Walk:
    """Looks at the window again and again, and collects what it finds."""

    def __init__(self, window):
        self.window = window
        self.problems = {}
        self.openers = set()

    def look(self, situation):
        """Returns how much there is to see."""
        nodes = list(self.window.walk())
        self.judge(nodes, situation)
        return len(nodes)

    def judge(self, nodes, situation):
        for node in nodes:
            if node.is_control and not node.is_named and not self.is_excused(node):
                self.problems.setdefault(str(node), situation)

    @staticmethod
    def is_excused(node):
        """GTK makes some controls of others: those are called what the whole is called."""
        return (node.is_part and node.parent.is_named) or (node.role == Atspi.Role.LIST and node.is_in_part)

    def look_at_what_opens(self, situation, do_open):
        """Opens something, looks, and closes it with Escape."""
        before = sum(1 for _ in self.window.walk())
        do_open()
        nodes = self.window.wait_for(lambda: self.list_when_more_than(before), f"what opens: {situation}")
        self.judge(nodes, situation)
        self.window.press("Escape")
        self.window.wait_for(lambda: self.list_when_more_than(before) is None, f"what closes: {situation}")

    def list_when_more_than(self, count):
        nodes = list(self.window.walk())
        return nodes if len(nodes) > count else None

    def find_opener(self):
        """Returns a button that opens something and has not been opened yet, or None."""
        for node in self.window.walk():
            if (node.is_part and node.role == Atspi.Role.PUSH_BUTTON and node.parent.is_named
                    and node.parent.name not in self.openers and node.is_usable):
                return node
        return None

    def look_at_menus(self, situation):
        while (node := self.find_opener()) is not None:
            self.openers.add(node.parent.name)
            self.look_at_what_opens(f"{situation}, “{node.parent.name}” open",
                                    lambda node=node: self.window.click_on(node))


def look_at_empty_window(window, walk):
    walk.look("empty window")
    walk.look_at_menus("empty window")
    walk.look_at_what_opens("the search", lambda: window.press("ctrl+f"))


def look_at_conversation(window, walk):
    port = str(find_free_port(socket.SOCK_STREAM))
    window.fill("Server Port", port)
    window.fill("Client Port", port)
    window.click("Start Server")
    window.await_control("Stop Server")
    window.click("Connect")
    window.await_control("Disconnect")
    window.fill("Message", "hello baby")
    window.click("Send")
    window.await_rows("HELLO BABY", 2)

    walk.look("conversation")
    walk.look_at_menus("conversation")
    for name in ("Sockets of the server", "Sockets of the client"):
        row = window.list_rows(name)[0]
        walk.look_at_what_opens(f"the menu of a row of “{name}”", lambda row=row: window.click_on(row, 3))

    look_at_inspector(window, walk)

    window.press("F7")
    window.await_control("Next Call")
    walk.look("step by step")
    walk.look_at_menus("step by step")
    window.resize(NARROW_WIDTH)
    walk.look("step by step in a narrow window")
    window.resize(window.width)
    window.press("F7")

    window.resize(NARROW_WIDTH)
    walk.look("narrow window")
    walk.look_at_what_opens("the inspector in a narrow window", lambda: window.press("F9"))
    window.resize(window.width)


def look_at_inspector(window, walk):
    # The newest is the client's: it stands on the right.
    row = window.list_rows()[-1]
    walk.look_at_what_opens("the menu of a row", lambda: window.click_on(row, 3, 0.75))
    window.click_on(row, 1, 0.75)
    window.press("alt+Return")
    window.await_control("Copy Hex")
    walk.look("inspector")
    window.click("Socket")
    window.await_control("SO_KEEPALIVE")
    walk.look("inspector, socket")
    window.click("Messages")
    window.await_control("Client → server")
    walk.look("inspector, messages")
    window.click("Event")
    window.await_control("Copy Hex")
    window.press("F9")
    window.wait_for(lambda: window.find("Copy Hex") is None, "the inspector to close")


def look_at_error(window, walk):
    window.click("Stop Server")
    window.await_control("Start Server")
    window.await_control("Connect")
    window.click("Connect")
    window.await_rows("failed", 1)
    walk.look("refused connection")


def main():
    with Window(*sys.argv[1:]) as window:
        walk = Walk(window)
        look_at_empty_window(window, walk)
        look_at_conversation(window, walk)
        look_at_error(window, walk)
        window.close()

    for problem, situation in walk.problems.items():
        print(f"A control without a name: {problem} ({situation})")
    print(f"{len(walk.openers)} menus opened, {len(walk.problems)} controls without a name")
    sys.exit(1 if walk.problems or not walk.openers else 0)


main()
