"""The client of the interoperability cases on grpcio. Usage: interop_client.py HOST:PORT DESCRIPTOR_SET
Prints a line for each case: its name and "ok", or what went wrong."""
import queue
import sys
import traceback

import grpc
from interop_messages import SERVICE, SPECIAL_MESSAGE, Messages, serialize

m = Messages(sys.argv[2])
channel = grpc.insecure_channel(sys.argv[1])
PATIENCE_SECONDS = 60
CASES = []
INITIAL, TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"
METADATA = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))




def case(check):
    CASES.append(check)
    return check


def method(kind, name, response, service=SERVICE):
    return getattr(channel, kind)(f"/{service}/{name}", serialize, response.FromString)


empty_call = method("unary_unary", "EmptyCall", m.Empty)
unary_call = method("unary_unary", "UnaryCall", m.SimpleResponse)
output_call = method("unary_stream", "StreamingOutputCall", m.StreamingOutputCallResponse)
input_call = method("stream_unary", "StreamingInputCall", m.StreamingInputCallResponse)
duplex_call = method("stream_stream", "FullDuplexCall", m.StreamingOutputCallResponse)


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"got {actual!r}, expected {expected!r}")


def failure_of(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("no failure")


def payload(size):
    return m.Payload(body=bytes(size))


def large_request(**more):
    return m.SimpleRequest(response_size=314159, payload=payload(271828), **more)


def duplex_request(response_size, payload_size, **more):
    return m.StreamingOutputCallRequest(
        response_parameters=[m.ResponseParameters(size=response_size)], payload=payload(payload_size), **more)


def echo(code, message):
    return m.EchoStatus(code=code, message=message)


@case
def empty_unary():
    expect(empty_call(m.Empty(), timeout=PATIENCE_SECONDS), m.Empty())


@case
def large_unary():
    expect(unary_call(large_request()).payload.body, bytes(314159))


@case
def client_streaming():
    sizes = (27182, 8, 1828, 45904)
    expect(input_call(m.StreamingInputCallRequest(payload=payload(size)) for size in sizes).aggregated_payload_size, 74922)


@case
def server_streaming():
    sizes = [31415, 9, 2653, 58979]
    request = m.StreamingOutputCallRequest(response_parameters=[m.ResponseParameters(size=size) for size in sizes])
    expect([len(response.payload.body) for response in output_call(request)], sizes)


@case
def ping_pong():
    requests = queue.Queue()
    call = duplex_call(iter(requests.get, None))
    for response_size, payload_size in ((31415, 27182), (9, 8), (2653, 1828), (58979, 45904)):
        requests.put(duplex_request(response_size, payload_size))
        expect(len(next(call).payload.body), response_size)
    requests.put(None)
    expect(list(call), [])


@case
def empty_stream():
    expect(list(duplex_call(iter(()))), [])


@case
def status_code_and_message():
    status = echo(2, "test status message")
    unary = failure_of(lambda: unary_call(m.SimpleRequest(response_status=status)))
    duplex = failure_of(lambda: list(duplex_call(iter([m.StreamingOutputCallRequest(response_status=status)]))))
    for error in (unary, duplex):
        expect((error.code(), error.details()), (grpc.StatusCode.UNKNOWN, "test status message"))


@case
def special_status_message():
    error = failure_of(lambda: unary_call(m.SimpleRequest(response_status=echo(2, SPECIAL_MESSAGE))))
    expect((error.code(), error.details()), (grpc.StatusCode.UNKNOWN, SPECIAL_MESSAGE))


@case
def unimplemented_method():
    missing = method("unary_unary", "UnimplementedCall", m.Empty)
    expect(failure_of(lambda: missing(m.Empty())).code(), grpc.StatusCode.UNIMPLEMENTED)


@case
def unimplemented_service():
    missing = method("unary_unary", "UnimplementedCall", m.Empty, "grpc.testing.UnimplementedService")
    expect(failure_of(lambda: missing(m.Empty())).code(), grpc.StatusCode.UNIMPLEMENTED)


@case
def cancel_after_begin():
    requests = queue.Queue()
    call = input_call.future(iter(requests.get, None))
    call.cancel()
    expect(call.cancelled(), True)
    expect(call.code(), grpc.StatusCode.CANCELLED)
    requests.put(None)


@case
def cancel_after_first_response():
    requests = queue.Queue()
    call = duplex_call(iter(requests.get, None))
    requests.put(duplex_request(31415, 27182))
    expect(len(next(call).payload.body), 31415)
    call.cancel()
    expect(failure_of(lambda: next(call)).code(), grpc.StatusCode.CANCELLED)
    requests.put(None)


@case
def timeout_on_sleeping_server():
    requests = queue.Queue()
    sleeping = m.ResponseParameters(size=31415, interval_us=600_000_000)
    requests.put(m.StreamingOutputCallRequest(response_parameters=[sleeping], payload=payload(27182)))
    call = duplex_call(iter(requests.get, None), timeout=0.001)
    expect(failure_of(lambda: list(call)).code(), grpc.StatusCode.DEADLINE_EXCEEDED)
    requests.put(None)


@case
def custom_metadata():
    _, unary = unary_call.with_call(large_request(), metadata=METADATA)
    duplex = duplex_call(iter([duplex_request(314159, 271828)]), metadata=METADATA)
    expect(len(list(duplex)), 1)
    for call in (unary, duplex):
        expect(dict(call.initial_metadata())[INITIAL], METADATA[0][1])
        expect(dict(call.trailing_metadata())[TRAILING], METADATA[1][1])


def expecting(compressed):
    return large_request(expect_compressed=m.BoolValue(value=compressed))


@case
def client_compressed_unary():
    expect(failure_of(lambda: unary_call(expecting(True))).code(), grpc.StatusCode.INVALID_ARGUMENT)
    expect(len(unary_call(expecting(True), compression=grpc.Compression.Gzip).payload.body), 314159)
    expect(len(unary_call(expecting(False)).payload.body), 314159)


@case
def server_compressed_unary():
    for compressed in (True, False):
        response = unary_call(large_request(response_compressed=m.BoolValue(value=compressed)))
        expect(response.payload.body, bytes(314159))


@case
def client_compressed_streaming():
    def request(size, compressed):
        return m.StreamingInputCallRequest(payload=payload(size), expect_compressed=m.BoolValue(value=compressed))

    expect(failure_of(lambda: input_call(iter([request(27182, True)]))).code(), grpc.StatusCode.INVALID_ARGUMENT)
    # grpcio compresses all messages of a call or none, so the uncompressed message goes in a call of its own.
    expect(input_call(iter([request(27182, True)]), compression=grpc.Compression.Gzip).aggregated_payload_size, 27182)
    expect(input_call(iter([request(45904, False)])).aggregated_payload_size, 45904)


@case
def server_compressed_streaming():
    parameters = [m.ResponseParameters(size=size, compressed=m.BoolValue(value=compressed))
                  for size, compressed in ((31415, True), (92653, False))]
    responses = list(output_call(m.StreamingOutputCallRequest(response_parameters=parameters)))
    expect([len(response.payload.body) for response in responses], [31415, 92653])


def main():
    for check in CASES:
        try:
            check()
            print(check.__name__, "ok", flush=True)
        except Exception:
            print(check.__name__, traceback.format_exc().replace("\n", " | "), flush=True)
    channel.close()


main()
