# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: tcp_loop_server.py HOST PORT

Answers every message of one client after the other in upper case, for ever. A client
that leaves or fails does not end it. Prints its port first.
"""

import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((sys.argv[1], int(sys.argv[2])))
    listener.listen(5)
    print(listener.getsockname()[1], flush=True)

    while True:
        connection, address = listener.accept()
        with connection:
            while True:
                try:
                    message = connection.recv(1024)
                    if not message:
                        break
                    connection.sendall(message.upper())
                except ConnectionError:
                    break
