# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: keyboard.py PROGRAM

Does what the program is for by keyboard alone: over TCP with the keys that every
program has, over UDP with the shortcuts of this one.
"""

import socket
import sys

from window import Window, find_free_port


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
    window.await_control("Disconnect")
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


def main():
    with Window(*sys.argv[1:]) as window:
        converse_with_tab(window)
        converse_with_shortcuts(window)
        window.close()


main()
