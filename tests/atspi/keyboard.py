# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: keyboard.py PROGRAM

Does what the program is for by keyboard alone: over TCP with the keys that every
program has, over UDP with the shortcuts of this one; and over TCP step by step.
"""

import socket
import sys

from window import Window, find_free_port

LISTEN = "Server: about to call listen(5), which lets clients in, of whom 5 may wait, and one more"


def fill(window, name, text):
    window.tab_to(name)
    window.write_over(name, text)


def converse_with_tab(window):
    port = str(find_free_port(socket.SOCK_STREAM))
    fill(window, "Server Port", port)
    fill(window, "Client Port", port)
    window.tab_to("Start Server")
    window.press("space")
    window.await_control("Stop Server")
    window.tab_to("Connect")
    window.press("space")
    window.await_control("Disconnect")
    fill(window, "Message", "hello baby")
    window.tab_to("Send")
    window.press("space")
    window.await_rows("HELLO BABY", 2)

    window.tab_to("Disconnect")
    window.press("space")
    window.await_control("Connect")
    window.tab_to("Stop Server")
    window.press("space")
    window.await_control("Start Server")


def converse_with_shortcuts(window):
    port = str(find_free_port(socket.SOCK_DGRAM))
    window.press("alt+2")
    fill(window, "Server Port", port)
    fill(window, "Client Port", port)
    window.press("ctrl+shift+s")
    window.await_control("Stop Server")
    window.press("ctrl+shift+c")
    window.await_control("Close Socket")
    fill(window, "Message", "hello again")
    window.press("ctrl+Return")
    window.await_rows("HELLO AGAIN", 2)
    fill(window, "Message", "and again")
    window.press("Return")
    window.await_rows("AND AGAIN", 2)

    window.press("ctrl+shift+c")
    window.await_control("Connect")
    window.press("ctrl+shift+s")
    window.await_control("Start Server")


def step(window):
    """Lets calls go one by one: from their ghost, by F8, and by Space; writing stays writing."""
    window.press("alt+1")
    window.press("F7")
    window.press("ctrl+shift+s")
    window.await_control("Next Call")
    window.tab_to("Server: about to call socket(), which makes a socket, of which the network learns nothing")
    window.press("Return")
    window.await_control("Server: about to call bind(), which gives the socket its own address and port")
    window.press("F8")
    window.await_control(LISTEN)
    window.press("space")
    window.wait_for(lambda: window.find(LISTEN) is None, "a server that listens")

    window.press("ctrl+shift+c")
    press_until(window, lambda: window.find("Message"), "a client that can write")
    fill(window, "Message", "step by step")
    window.press("Return")
    press_until(window, lambda: sum("STEP BY STEP" in row.name for row in window.list_rows()) >= 2, "the answer")

    window.press("F7")
    window.press("ctrl+shift+c")
    window.await_control("Connect")
    window.press("ctrl+shift+s")
    window.await_control("Start Server")


def press_until(window, ask, what):
    """Lets one call after another go until there is what one asks for."""
    window.wait_for(lambda: ask() or window.press("F8"), what)


def main():
    with Window(*sys.argv[1:]) as window:
        converse_with_tab(window)
        converse_with_shortcuts(window)
        step(window)
        window.close()


main()
