package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

const (
	patience       = 60 * time.Second
	specialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
)

// client calls the cases' methods. Each case panics with what went wrong.
type client struct {
	messages
	connection *grpc.ClientConn
}

var (
	duplexStream = &grpc.StreamDesc{ServerStreams: true, ClientStreams: true}
	inputStream  = &grpc.StreamDesc{ClientStreams: true}
	outputStream = &grpc.StreamDesc{ServerStreams: true}
	gzip         = grpc.UseCompressor("gzip")
)

func callAll(address string, m messages) {
	connection, err := grpc.Dial(address, grpc.WithInsecure(), grpc.WithStatsHandler(compressions{}))
	must(err)
	c := &client{m, connection}
	for _, each := range cases {
		fmt.Println(each.name, outcome(func() { each.check(c) }))
	}
}

func outcome(check func()) (result string) {
	defer func() {
		if problem := recover(); problem != nil {
			result = strings.ReplaceAll(fmt.Sprint(problem), "\n", " | ")
		}
	}()
	check()
	return "ok"
}

func expect(actual, expected interface{}) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("got %v, expected %v", actual, expected))
	}
}

func expectStatus(err error, code codes.Code) {
	expect(status.Code(err).String(), code.String())
}

func limited() context.Context {
	ctx, _ := context.WithTimeout(context.WithValue(context.Background(), compressedKey{}, &seen{}), patience)
	return ctx
}

// unary calls a method; the response is valid when there is no error.
func (c *client) unary(ctx context.Context, method string, in *message, response string, options ...grpc.CallOption) (*message, error) {
	out := c.make(response)
	return out, c.connection.Invoke(ctx, "/"+service+"/"+method, in, out, options...)
}

func (c *client) large() *message {
	return c.make("SimpleRequest").put("response_size", int32(314159)).put("payload.body", make([]byte, 271828))
}

func (c *client) callLarge(in *message, options ...grpc.CallOption) (*message, error) {
	return c.unary(limited(), "UnaryCall", in, "SimpleResponse", options...)
}

func (c *client) open(ctx context.Context, kind *grpc.StreamDesc, method string, options ...grpc.CallOption) grpc.ClientStream {
	stream, err := c.connection.NewStream(ctx, kind, "/"+service+"/"+method, options...)
	ok(err)
	return stream
}

func (c *client) output(size int32, payload int) *message {
	return c.make("StreamingOutputCallRequest").response(size, nil).put("payload.body", make([]byte, payload))
}

func (c *client) part(size int, compressed bool) *message {
	return c.make("StreamingInputCallRequest").put("payload.body", make([]byte, size)).put("expect_compressed.value", compressed)
}

// input sends requests and gives the sum of their sizes.
func (c *client) input(requests []*message, options ...grpc.CallOption) (int, error) {
	stream := c.open(limited(), inputStream, "StreamingInputCall", options...)
	for _, request := range requests {
		if stream.SendMsg(request) != nil {
			break
		}
	}
	ok(stream.CloseSend())
	out := c.make("StreamingInputCallResponse")
	err := stream.RecvMsg(out)
	return int(at(out.Message, "aggregated_payload_size").Int()), err
}

// sizes reads a stream of responses to its end.
func (c *client) sizes(stream grpc.ClientStream) ([]int, error) {
	sizes := []int{}
	for {
		out := c.make("StreamingOutputCallResponse")
		if err := stream.RecvMsg(out); err != nil {
			if err == io.EOF {
				err = nil
			}
			return sizes, err
		}
		sizes = append(sizes, len(out.body()))
	}
}

func ok(err error) {
	if err != nil {
		panic(err)
	}
}

func isZeros(body []byte, size int) bool { return bytes.Equal(body, make([]byte, size)) }

func withMetadata(ctx context.Context) context.Context {
	return metadata.AppendToOutgoingContext(ctx, initialKey, "test_initial_metadata_value", trailingKey, "\xab\xab\xab")
}

func expectMetadata(headers, trailers metadata.MD) {
	expect(headers.Get(initialKey), []string{"test_initial_metadata_value"})
	expect(trailers.Get(trailingKey), []string{"\xab\xab\xab"})
}
