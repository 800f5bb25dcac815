package main

import (
	"os"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

// messages makes messages of interop.proto by name.
type messages struct {
	file protoreflect.FileDescriptor
}

func load(path string) messages {
	content, err := os.ReadFile(path)
	must(err)
	var set descriptorpb.FileDescriptorSet
	must(proto.Unmarshal(content, &set))
	file, err := protodesc.NewFile(set.File[0], nil)
	must(err)
	return messages{file}
}

func (m messages) make(name string) *message {
	return &message{dynamicpb.NewMessage(m.file.Messages().ByName(protoreflect.Name(name)))}
}

// message is a dynamic message that grpc-go's own codec takes.
type message struct {
	*dynamicpb.Message
}

func (m *message) Reset()                   { proto.Reset(m.Message) }
func (m *message) String() string           { return "message" }
func (m *message) ProtoMessage()            {}
func (m *message) Marshal() ([]byte, error) { return proto.Marshal(m.Message) }
func (m *message) Unmarshal(b []byte) error { return proto.Unmarshal(b, m.Message) }

// at walks a dotted path of fields; what is not set reads as its default.
func at(m protoreflect.Message, path string) protoreflect.Value {
	name, rest, nested := strings.Cut(path, ".")
	value := m.Get(m.Descriptor().Fields().ByName(protoreflect.Name(name)))
	if nested {
		return at(value.Message(), rest)
	}
	return value
}

func has(m protoreflect.Message, name string) bool {
	return m.Has(m.Descriptor().Fields().ByName(protoreflect.Name(name)))
}

// put sets the field at a dotted path, making the messages on the way, and returns the message.
func (m *message) put(path string, value interface{}) *message {
	set(m.Message, path, value)
	return m
}

func set(m protoreflect.Message, path string, value interface{}) {
	name, rest, nested := strings.Cut(path, ".")
	field := m.Descriptor().Fields().ByName(protoreflect.Name(name))
	if nested {
		set(m.Mutable(field).Message(), rest, value)
		return
	}
	m.Set(field, protoreflect.ValueOf(value))
}

// response adds response parameters to a request: a size, and the fields of more.
func (m *message) response(size int32, more map[string]interface{}) *message {
	list := m.Mutable(m.Descriptor().Fields().ByName("response_parameters")).List()
	parameters := list.AppendMutable().Message()
	set(parameters, "size", size)
	for path, value := range more {
		set(parameters, path, value)
	}
	return m
}

func (m *message) body() []byte { return at(m.Message, "payload.body").Bytes() }
