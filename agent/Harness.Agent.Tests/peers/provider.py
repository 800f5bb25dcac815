"""What a provider does with a secured agent, with grpcio and no generated code.
Usage: provider.py bootstrap|launch|check HOST:PORT FOLDER
The folder holds ca.pem, client.pem, client.key and, for bootstrap, server.pem and server.key; for launch, pod.pb."""
import pathlib
import ssl
import sys

import grpc

PATIENCE_SECONDS = 90


def fields(message):
    """The length-delimited fields of a protobuf message, by number; others are passed over."""
    found, at = {}, 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        if key & 7 == 0:
            varint()
        elif key & 7 == 2:
            size = varint()
            found.setdefault(key >> 3, []).append(message[at:at + size])
            at += size
        else:
            at += 8 if key & 7 == 1 else 4
    return found


def field(number, content):
    size, prefix = len(content), bytearray([number << 3 | 2])
    while size >= 0x80:
        prefix.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes(prefix) + bytes([size]) + content


def open_channel(address, folder, roots, name=None):
    credentials = grpc.ssl_channel_credentials(
        roots, (folder / "client.key").read_bytes(), (folder / "client.pem").read_bytes())
    options = [("grpc.enable_http_proxy", 0)] + ([("grpc.ssl_target_name_override", name)] if name else [])
    return grpc.secure_channel(address, credentials, options)


def call(channel, method, request=b""):
    return channel.unary_unary(method)(request, timeout=PATIENCE_SECONDS)


def phase(response):
    return fields(fields(response)[1][0])[1][0].decode()


def bootstrap(address, folder):
    host, port = address.rsplit(":", 1)
    # No one vouches for this certificate: the identity is what a provider verifies.
    shown = ssl.get_server_certificate((host, int(port))).encode()
    with open_channel(address, folder, shown) as channel:
        identity = fields(fields(call(channel, "/vkvmagent.v0.AgentBootstrap/GetAgentIdentity"))[1][0])
        print(identity[1][0].decode())
        request = field(1, (folder / "server.pem").read_bytes()) + field(2, (folder / "server.key").read_bytes())
        call(channel, "/vkvmagent.v0.AgentBootstrap/LaunchAuthenticatedEndpoint", request)
    print("bootstrapped")


def launch(address, folder):
    with open_channel(address, folder, (folder / "ca.pem").read_bytes()) as channel:
        health = call(channel, "/grpc.health.v1.Health/Check")
        print("serving" if health == b"\x08\x01" else health)
        call(channel, "/vkvmagent.v0.ApplicationLifecycle/LaunchApplication", field(1, (folder / "pod.pb").read_bytes()))
        watch = channel.unary_stream("/vkvmagent.v0.ApplicationLifecycle/WatchApplicationHealth")(b"", timeout=PATIENCE_SECONDS)
        for response in watch:
            if phase(response) in ("Succeeded", "Failed"):
                break
        print(phase(response))


def check(address, folder):
    with open_channel(address, folder, (folder / "ca.pem").read_bytes()) as channel:
        print(phase(call(channel, "/vkvmagent.v0.ApplicationLifecycle/CheckApplicationHealth")))


{"bootstrap": bootstrap, "launch": launch, "check": check}[sys.argv[1]](sys.argv[2], pathlib.Path(sys.argv[3]))
