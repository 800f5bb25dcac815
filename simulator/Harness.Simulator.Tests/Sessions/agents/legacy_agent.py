"""An agent as others wrote them for version 0 of the contract, on Debian's grpcio: it says Running before it was asked to launch,
gives another startedAt in each message, has no health service and knows nothing of grace periods.
Usage: legacy_agent.py ADDRESS:PORT STATE_FOLDER

It launches once the file `launch` is in its folder, and writes one line a message that it sends into the file `messages`."""
import os
import sys
import threading
import time
from concurrent import futures

import grpc

SERVICE = "vkvmagent.v0.ApplicationLifecycle"
folder = sys.argv[2]
terminated = threading.Event()
lock = threading.Lock()
clock = 1_700_000_000


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def message(*fields):
    """(number, value) pairs; a value is a number, a text, or the bytes of a message."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(data)) + data
    return out


def health():
    """ApplicationHealthResponse { podStatus }: the container "main"."""
    global clock
    with lock:
        clock += 1
        with open(os.path.join(folder, "messages"), "a") as sent:
            sent.write(f"{clock}\n")
    started = message((1, message((1, clock))))
    state = message((3, message((1, 0), (3, "Completed")))) if terminated.is_set() else message((2, started))
    running = 0 if terminated.is_set() else 1
    container = message((1, "main"), (2, state), (4, running), (5, 0), (6, "legacy"), (7, "legacy"))
    ready = message((1, "Ready"), (2, "True" if running else "False"))
    return message((1, message((1, "Running" if running else "Succeeded"), (2, ready), (8, container))))


def launch(_, context):
    while not os.path.exists(os.path.join(folder, "launch")) and context.is_active():
        time.sleep(0.02)
    return b""


def terminate(_, context):
    terminated.set()
    return b""


def check(_, context):
    return health()


def watch(_, context):
    while context.is_active():
        yield health()
        time.sleep(0.05)


server = grpc.server(futures.ThreadPoolExecutor(max_workers=8), options=(("grpc.so_reuseport", 0),))
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, {
    "LaunchApplication": grpc.unary_unary_rpc_method_handler(launch),
    "TerminateApplication": grpc.unary_unary_rpc_method_handler(terminate),
    "CheckApplicationHealth": grpc.unary_unary_rpc_method_handler(check),
    "WatchApplicationHealth": grpc.unary_stream_rpc_method_handler(watch),
}),))
if server.add_insecure_port(sys.argv[1]) == 0:
    sys.exit(f"legacy_agent.py: {sys.argv[1]} cannot be listened on")
server.start()
server.wait_for_termination()
