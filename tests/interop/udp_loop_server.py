# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: udp_loop_server.py HOST PORT

Answers every datagram in upper case, for ever. Prints its port first.
"""

import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind((sys.argv[1], int(sys.argv[2])))
    print(server.getsockname()[1], flush=True)

    while True:
        message, address = server.recvfrom(1024)
        server.sendto(message.upper(), address)
