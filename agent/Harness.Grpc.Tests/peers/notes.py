"""The messages of peer.proto for python peers, from a descriptor made here: no generated code is needed."""
import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SERVICE = "harness.peer.Peer"
FAILURE_DETAIL = "100 % käputt\n失敗"
REASON = (("x-reason", "asked"), ("x-reason-bin", b"\x00\xff\x0a"))


def _note_class():
    file = descriptor_pb2.FileDescriptorProto(name="peer.proto", package="harness.peer", syntax="proto3")
    note = file.message_type.add(name="Note")
    field = descriptor_pb2.FieldDescriptorProto
    for number, (name, kind) in enumerate(
            [("text", field.TYPE_STRING), ("number", field.TYPE_INT64), ("data", field.TYPE_BYTES)], start=1):
        note.field.add(name=name, number=number, type=kind, label=field.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("harness.peer.Note")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


Note = _note_class()


def serialize(note):
    return note.SerializeToString()


def deserialize(data):
    return Note.FromString(data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Client:
    """The stubs of peer.proto on a channel."""

    def __init__(self, channel):
        self.echo = channel.unary_unary(f"/{SERVICE}/Echo", serialize, deserialize)
        self.count = channel.unary_stream(f"/{SERVICE}/Count", serialize, deserialize)
        self.sum = channel.stream_unary(f"/{SERVICE}/Sum", serialize, deserialize)
        self.chat = channel.stream_stream(f"/{SERVICE}/Chat", serialize, deserialize)
        self.missing = channel.unary_unary(f"/{SERVICE}/Missing", serialize, deserialize)
        self.elsewhere = channel.unary_unary("/harness.peer.Elsewhere/Echo", serialize, deserialize)


def open_channel(address, certificates=None, options=()):
    if certificates is None:
        return grpc.insecure_channel(address, options=options)
    credentials = grpc.ssl_channel_credentials(
        read(f"{certificates}/ca.pem"), read(f"{certificates}/client.key"), read(f"{certificates}/client.pem"))
    return grpc.secure_channel(address, credentials, options=options)
