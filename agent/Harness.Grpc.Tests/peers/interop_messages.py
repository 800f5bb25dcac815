"""The messages of interop.proto for python peers, from the descriptor set that the tests pass."""
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SERVICE = "grpc.testing.TestService"
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"


class Messages:
    """Message classes by name, as attributes; and a method's handlers' marshallers."""

    def __init__(self, path):
        self._pool = descriptor_pool.DescriptorPool()
        with open(path, "rb") as file:
            for each in descriptor_pb2.FileDescriptorSet.FromString(file.read()).file:
                self._pool.Add(each)

    def __getattr__(self, name):
        descriptor = self._pool.FindMessageTypeByName(f"grpc.testing.{name}")
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self._pool).GetPrototype(descriptor)


def serialize(message):
    return message.SerializeToString()
