# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: tcp_once_client.py HOST PORT

Sends "hello baby" and prints the answer.
"""

import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
    client.connect((sys.argv[1], int(sys.argv[2])))
    client.send(b"hello baby")
    print(client.recv(1024).decode())
