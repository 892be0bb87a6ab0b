# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: main_job.py PROGRAM [LANGUAGE LOCALEDIR]

Does what the program is for, with the mouse and by typing, over TCP and then over UDP,
and reads in the window that it happened.
"""

import socket
import sys

from window import Window, find_free_port


def converse(window, protocol, kind, rows_before, end):
    port = str(find_free_port(kind))
    window.click(protocol)
    window.fill("Server Port", port)
    window.fill("Client Port", port)
    window.click("Start Server")
    window.await_control("Stop Server")
    window.click("Connect")
    window.await_control(end)
    window.fill("Message", "hello baby")
    window.click("Send")

    # Both ends of both messages: sent and received, by the client and by the server.
    window.await_rows("hello baby", rows_before + 2)
    window.await_rows("HELLO BABY", rows_before + 2)

    window.click(end)
    window.await_control("Connect")
    window.click("Stop Server")
    window.await_control("Start Server")


def main():
    with Window(*sys.argv[1:]) as window:
        converse(window, "TCP", socket.SOCK_STREAM, 0, "Disconnect")
        converse(window, "UDP", socket.SOCK_DGRAM, 2, "Close Socket")
        window.close()


main()
