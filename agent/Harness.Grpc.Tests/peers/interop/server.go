package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	_ "google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
)

const (
	initialKey  = "x-grpc-test-echo-initial"
	trailingKey = "x-grpc-test-echo-trailing-bin"
)

// server answers the cases. grpc-go of this age compresses a response exactly when the request came compressed.
type server struct {
	messages
}

func serve(m messages) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	grpcServer := grpc.NewServer(grpc.StatsHandler(compressions{}))
	grpcServer.RegisterService(description(), &server{m})
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	must(grpcServer.Serve(listener))
}

func description() *grpc.ServiceDesc {
	return &grpc.ServiceDesc{
		ServiceName: service,
		HandlerType: (*interface{})(nil),
		Methods: []grpc.MethodDesc{
			{MethodName: "EmptyCall", Handler: unary("Empty", (*server).emptyCall)},
			{MethodName: "UnaryCall", Handler: unary("SimpleRequest", (*server).unaryCall)},
		},
		Streams: []grpc.StreamDesc{
			{StreamName: "StreamingOutputCall", ServerStreams: true, Handler: stream((*server).streamingOutputCall)},
			{StreamName: "StreamingInputCall", ClientStreams: true, Handler: stream((*server).streamingInputCall)},
			{StreamName: "FullDuplexCall", ServerStreams: true, ClientStreams: true, Handler: stream((*server).fullDuplexCall)},
		},
	}
}

func unary(request string, handle func(*server, context.Context, *message) (*message, error)) func(
	interface{}, context.Context, func(interface{}) error, grpc.UnaryServerInterceptor) (interface{}, error) {
	return func(s interface{}, ctx context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor) (interface{}, error) {
		in := s.(*server).make(request)
		if err := decode(in); err != nil {
			return nil, err
		}
		return handle(s.(*server), ctx, in)
	}
}

func stream(handle func(*server, grpc.ServerStream) error) grpc.StreamHandler {
	return func(s interface{}, stream grpc.ServerStream) error { return handle(s.(*server), stream) }
}

func (s *server) emptyCall(context.Context, *message) (*message, error) { return s.make("Empty"), nil }

func (s *server) unaryCall(ctx context.Context, in *message) (*message, error) {
	headers, trailers := echoed(ctx)
	if headers != nil {
		must(grpc.SetHeader(ctx, headers))
	}
	must(grpc.SetTrailer(ctx, trailers))
	if err := check(ctx, in); err != nil {
		return nil, err
	}
	return s.make("SimpleResponse").put("payload.body", make([]byte, at(in.Message, "response_size").Int())), nil
}

func (s *server) streamingOutputCall(stream grpc.ServerStream) error {
	in := s.make("StreamingOutputCallRequest")
	if err := stream.RecvMsg(in); err != nil {
		return err
	}
	return s.outputs(in, stream)
}

func (s *server) streamingInputCall(stream grpc.ServerStream) error {
	total := 0
	for {
		in := s.make("StreamingInputCallRequest")
		err := stream.RecvMsg(in)
		if err == io.EOF {
			return stream.SendMsg(s.make("StreamingInputCallResponse").put("aggregated_payload_size", int32(total)))
		}
		if err == nil {
			err = check(stream.Context(), in)
		}
		if err != nil {
			return err
		}
		total += len(in.body())
	}
}

func (s *server) fullDuplexCall(stream grpc.ServerStream) error {
	headers, trailers := echoed(stream.Context())
	if headers != nil {
		must(stream.SendHeader(headers))
	}
	stream.SetTrailer(trailers)
	for {
		in := s.make("StreamingOutputCallRequest")
		err := stream.RecvMsg(in)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = check(stream.Context(), in)
		}
		if err == nil {
			err = s.outputs(in, stream)
		}
		if err != nil {
			return err
		}
	}
}

func (s *server) outputs(in *message, stream grpc.ServerStream) error {
	list := at(in.Message, "response_parameters").List()
	for index := 0; index < list.Len(); index++ {
		parameters := list.Get(index).Message()
		select {
		case <-time.After(time.Duration(at(parameters, "interval_us").Int()) * time.Microsecond):
		case <-stream.Context().Done():
			return status.FromContextError(stream.Context().Err()).Err()
		}
		out := s.make("StreamingOutputCallResponse").put("payload.body", make([]byte, at(parameters, "size").Int()))
		if err := stream.SendMsg(out); err != nil {
			return err
		}
	}
	return nil
}

// check gives the status that the request asks for, or that its compression earns.
func check(ctx context.Context, in *message) error {
	fields := in.Descriptor().Fields()
	if fields.ByName("response_status") != nil {
		if code := at(in.Message, "response_status.code").Int(); code != 0 {
			return status.Error(codes.Code(code), at(in.Message, "response_status.message").String())
		}
	}
	if fields.ByName("expect_compressed") != nil && has(in.Message, "expect_compressed") {
		expected := at(in.Message, "expect_compressed.value").Bool()
		if actual := ctx.Value(compressedKey{}).(*seen).last; actual != expected {
			return status.Errorf(codes.InvalidArgument, "compressed: %v, expected %v", actual, expected)
		}
	}
	return nil
}

func echoed(ctx context.Context) (headers, trailers metadata.MD) {
	sent, _ := metadata.FromIncomingContext(ctx)
	if values := sent.Get(initialKey); len(values) > 0 {
		headers = metadata.Pairs(initialKey, values[0])
	}
	if values := sent.Get(trailingKey); len(values) > 0 {
		trailers = metadata.Pairs(trailingKey, values[0])
	}
	return headers, trailers
}

// compressions notes for each call whether its last message came compressed: payloads of zeros shrink on the wire.
type compressions struct{}

type compressedKey struct{}

type seen struct {
	last bool
	all  []bool
}

func (compressions) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context {
	if ctx.Value(compressedKey{}) != nil {
		return ctx
	}
	return context.WithValue(ctx, compressedKey{}, &seen{})
}

func (compressions) HandleRPC(ctx context.Context, event stats.RPCStats) {
	if in, ok := event.(*stats.InPayload); ok {
		note := ctx.Value(compressedKey{}).(*seen)
		note.last = in.WireLength < in.Length
		note.all = append(note.all, note.last)
	}
}

func (compressions) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

func (compressions) HandleConn(context.Context, stats.ConnStats) {}

