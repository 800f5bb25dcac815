package main

import (
	"context"
	"os"
	"path/filepath"

	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

// The contract's messages, loaded from the bundle at run time; the agent sees them as JSON.
type messages struct{ files *protoregistry.Files }

func loadMessages() (messages, error) {
	bundle := os.Getenv("VKVM_CONTRACT")
	if program, err := os.Executable(); bundle == "" && err == nil {
		bundle = filepath.Join(filepath.Dir(program), "contract")
	}
	data, err := os.ReadFile(filepath.Join(bundle, "descriptors.binpb"))
	if err != nil {
		return messages{}, err
	}
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(data, set); err != nil {
		return messages{}, err
	}
	files, err := protodesc.NewFiles(set)
	return messages{files}, err
}

// A method takes its request as JSON and sends each response as JSON.
type method func(ctx context.Context, request []byte, send func(response []byte) error) error

// Serves a service of the contract by its methods.
func (m messages) serve(server *grpc.Server, service string, methods map[string]method) error {
	found, err := m.files.FindDescriptorByName(protoreflect.FullName(service))
	if err != nil {
		return err
	}
	description := &grpc.ServiceDesc{ServiceName: service, HandlerType: (*interface{})(nil)}
	all := found.(protoreflect.ServiceDescriptor).Methods()
	for i := 0; i < all.Len(); i++ {
		// Unary calls too are served as streams, of one message.
		described, run := all.Get(i), methods[string(all.Get(i).Name())]
		description.Streams = append(description.Streams, grpc.StreamDesc{
			StreamName: string(described.Name()), ServerStreams: true,
			Handler: func(_ interface{}, stream grpc.ServerStream) error {
				request := dynamicpb.NewMessage(described.Input())
				if err := stream.RecvMsg(request); err != nil {
					return err
				}
				text, err := protojson.Marshal(request)
				if err != nil {
					return err
				}
				return run(stream.Context(), text, func(response []byte) error {
					message := dynamicpb.NewMessage(described.Output())
					if err := protojson.Unmarshal(response, message); err != nil {
						return err
					}
					return stream.SendMsg(message)
				})
			},
		})
	}
	server.RegisterService(description, nil)
	return nil
}

// Debian's grpc-go knows the older form of messages alone.
type codec struct{}

func (codec) Name() string                          { return "proto" }
func (codec) Marshal(m interface{}) ([]byte, error) { return proto.Marshal(m.(proto.Message)) }
func (codec) Unmarshal(data []byte, m interface{}) error {
	return proto.Unmarshal(data, m.(proto.Message))
}

func init() { encoding.RegisterCodec(codec{}) }
