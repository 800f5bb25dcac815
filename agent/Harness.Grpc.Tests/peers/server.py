"""A server of peer.proto on grpcio; behaves as PeerService.cs says. Usage: server.py [folder of certificates, for mTLS]
Prints the port it listens on, then serves until stdin ends."""
import sys
import threading
from concurrent import futures

import grpc
from notes import FAILURE_DETAIL, REASON, SERVICE, Note, deserialize, read, serialize

cancelled = 0
lock = threading.Lock()


def return_metadata(context):
    sent = dict(context.invocation_metadata())
    if "x-echo" in sent:
        context.set_trailing_metadata((("x-trailer", sent["x-echo"]), ("x-trailer-bin", sent["x-echo-bin"])))
        context.send_initial_metadata((("x-echo", sent["x-echo"]), ("x-echo-bin", sent["x-echo-bin"])))


def wait(context):
    ended = threading.Event()

    def on_end():
        global cancelled
        with lock:
            cancelled += 1
        ended.set()

    if context.add_callback(on_end):
        ended.wait()


def answer(note, context):
    if note.text == "wait":
        wait(context)
    elif note.text == "fail":
        context.set_trailing_metadata(REASON)
        context.abort(grpc.StatusCode.ABORTED, FAILURE_DETAIL)
    elif note.text == "throw":
        raise ValueError("a secret of the handler")
    elif note.text == "cancelled":
        return Note(number=cancelled)
    elif note.text == "bytes":
        return Note(data=bytes(note.number))
    return note


def echo(note, context):
    return_metadata(context)
    return answer(note, context)


def count(note, context):
    for number in range(1, note.number + 1):
        yield Note(number=number, data=note.data)
    answer(note, context)


def total(notes, context):
    result = Note()
    for note in notes:
        answer(note, context)
        result.number += note.number
    return result


def chat(notes, context):
    return_metadata(context)
    for note in notes:
        yield answer(note, context)


def listen(server):
    if len(sys.argv) < 2:
        return server.add_insecure_port("127.0.0.1:0")
    folder = sys.argv[1]
    credentials = grpc.ssl_server_credentials(
        [(read(f"{folder}/server.key"), read(f"{folder}/server.pem"))], read(f"{folder}/ca.pem"), require_client_auth=True)
    return server.add_secure_port("127.0.0.1:0", credentials)


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=32))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, {
        "Echo": grpc.unary_unary_rpc_method_handler(echo, deserialize, serialize),
        "Count": grpc.unary_stream_rpc_method_handler(count, deserialize, serialize),
        "Sum": grpc.stream_unary_rpc_method_handler(total, deserialize, serialize),
        "Chat": grpc.stream_stream_rpc_method_handler(chat, deserialize, serialize),
    }),))
    port = listen(server)
    server.start()
    print(port, flush=True)
    sys.stdin.read()
    server.stop(None)


main()
