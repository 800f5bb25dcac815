"""Calls a server of peer.proto with grpcio and says what it saw. Usage: client.py HOST:PORT [folder of certificates, for mTLS]
Prints a line for each case: its name and "ok", or its name and what went wrong."""
import sys
import threading
import traceback

import grpc
from notes import FAILURE_DETAIL, Client, Note, open_channel

CASES = []
PATIENCE_SECONDS = 60


def case(check):
    CASES.append(check)
    return check


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"got {actual!r}, expected {expected!r}")


def failure_of(call):
    try:
        result = call()
    except grpc.RpcError as error:
        return error
    raise AssertionError(f"no failure, but {result!r}")


def wait_for_cancelled(client, more_than):
    for _ in range(100_000):
        if client.echo(Note(text="cancelled")).number > more_than:
            return
    raise AssertionError("the cancellation never reached the server")


@case
def unary(client):
    note = Note(text="höre", number=-7, data=b"\x01\x00\x02")
    expect(client.echo(note, timeout=PATIENCE_SECONDS), note)


@case
def empty_message(client):
    expect(client.echo(Note()), Note())


@case
def metadata(client):
    binary = b"\x00\x01\xfe\xff"
    _, call = client.echo.with_call(Note(), metadata=(("x-echo", "some text"), ("x-echo-bin", binary)))
    headers, trailers = dict(call.initial_metadata()), dict(call.trailing_metadata())
    expect((headers["x-echo"], headers["x-echo-bin"]), ("some text", binary))
    expect((trailers["x-trailer"], trailers["x-trailer-bin"]), ("some text", binary))
    expect(call.code(), grpc.StatusCode.OK)


@case
def failure(client):
    error = failure_of(lambda: client.echo(Note(text="fail")))
    expect((error.code(), error.details()), (grpc.StatusCode.ABORTED, FAILURE_DETAIL))
    trailers = dict(error.trailing_metadata())
    expect((trailers["x-reason"], trailers["x-reason-bin"]), ("asked", b"\x00\xff\x0a"))


@case
def exception(client):
    error = failure_of(lambda: client.echo(Note(text="throw")))
    expect((error.code(), error.details()), (grpc.StatusCode.UNKNOWN, "Exception was thrown by handler."))


@case
def missing_method(client):
    expect(failure_of(lambda: client.missing(Note())).code(), grpc.StatusCode.UNIMPLEMENTED)


@case
def missing_service(client):
    expect(failure_of(lambda: client.elsewhere(Note())).code(), grpc.StatusCode.UNIMPLEMENTED)


@case
def large_message(client):
    data = bytes(range(256)) * 12_000
    expect(client.echo(Note(data=data)).data, data)


@case
def request_beyond_the_limit(client):
    error = failure_of(lambda: client.echo(Note(data=bytes(4 * 1024 * 1024 + 1))))
    expect(error.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)


@case
def gzip_request(client):
    data = bytes(100_000)
    expect(client.echo(Note(data=data), compression=grpc.Compression.Gzip).data, data)


@case
def deadline(client):
    expect(failure_of(lambda: client.echo(Note(text="wait"), timeout=0.3)).code(), grpc.StatusCode.DEADLINE_EXCEEDED)


@case
def cancellation(client):
    before = client.echo(Note(text="cancelled")).number
    call = client.count(Note(number=1, text="wait"))
    expect(next(call).number, 1)
    call.cancel()
    expect(failure_of(lambda: next(call)).code(), grpc.StatusCode.CANCELLED)
    wait_for_cancelled(client, before)


@case
def server_streaming(client):
    expect([note.number for note in client.count(Note(number=200))], list(range(1, 201)))


@case
def server_streaming_failure(client):
    call = client.count(Note(number=2, text="fail"))
    expect([next(call).number, next(call).number], [1, 2])
    error = failure_of(lambda: next(call))
    expect((error.code(), error.details()), (grpc.StatusCode.ABORTED, FAILURE_DETAIL))


@case
def client_streaming(client):
    expect(client.sum(Note(number=number) for number in range(1, 101)).number, 5050)


@case
def client_streaming_without_messages(client):
    expect(client.sum(iter(())).number, 0)


@case
def client_streaming_failure(client):
    done = threading.Event()

    def notes():
        yield Note(text="fail")
        done.wait(PATIENCE_SECONDS)

    error = failure_of(lambda: client.sum(notes()))
    done.set()
    expect((error.code(), error.details()), (grpc.StatusCode.ABORTED, FAILURE_DETAIL))


@case
def duplex(client):
    answered = threading.Semaphore(1)

    def notes():
        for number in range(1, 51):
            answered.acquire()
            yield Note(number=number)

    seen = []
    for note in client.chat(notes(), metadata=(("x-echo", "first"), ("x-echo-bin", b""))):
        seen.append(note.number)
        answered.release()
    expect(seen, list(range(1, 51)))


def main():
    certificates = sys.argv[2] if len(sys.argv) > 2 else None
    with open_channel(sys.argv[1], certificates) as channel:
        client = Client(channel)
        for check in CASES:
            try:
                check(client)
                print(check.__name__, "ok", flush=True)
            except Exception:
                print(check.__name__, traceback.format_exc().replace("\n", " | "), flush=True)


main()
