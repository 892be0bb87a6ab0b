# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: tcp_loop_client.py HOST PORT

Sends each line of standard input without its end, waits for the answer and prints it.
"""

import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
    client.connect((sys.argv[1], int(sys.argv[2])))
    for line in sys.stdin.buffer:
        message = line.rstrip(b"\n")
        if not message:
            continue  # nothing would be sent, and the wait for an answer would not end
        client.sendall(message)
        sys.stdout.buffer.write(client.recv(1024) + b"\n")
        sys.stdout.buffer.flush()
