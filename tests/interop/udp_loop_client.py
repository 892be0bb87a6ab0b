# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: udp_loop_client.py HOST PORT

Sends each line of standard input without its end as one datagram, also an empty one,
waits for the answer and prints it.
"""

import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    for line in sys.stdin.buffer:
        client.sendto(line.rstrip(b"\n"), (sys.argv[1], int(sys.argv[2])))
        message, address = client.recvfrom(1024)
        sys.stdout.buffer.write(message + b"\n")
        sys.stdout.buffer.flush()
