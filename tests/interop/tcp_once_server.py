# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: tcp_once_server.py HOST PORT

Answers one message of one client in upper case and ends. Prints its port first.
"""

import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((sys.argv[1], int(sys.argv[2])))
    listener.listen(5)
    print(listener.getsockname()[1], flush=True)

    connection, address = listener.accept()
    with connection:
        connection.send(connection.recv(1024).upper())
