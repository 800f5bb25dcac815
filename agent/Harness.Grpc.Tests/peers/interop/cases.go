package main

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

var cases = []struct {
	name  string
	check func(*client)
}{
	{"empty_unary", func(c *client) {
		_, err := c.unary(limited(), "EmptyCall", c.make("Empty"), "Empty")
		ok(err)
	}},
	{"large_unary", func(c *client) {
		out, err := c.callLarge(c.large())
		ok(err)
		expect(isZeros(out.body(), 314159), true)
	}},
	{"client_streaming", func(c *client) {
		var requests []*message
		for _, size := range []int{27182, 8, 1828, 45904} {
			requests = append(requests, c.make("StreamingInputCallRequest").put("payload.body", make([]byte, size)))
		}
		total, err := c.input(requests)
		ok(err)
		expect(total, 74922)
	}},
	{"server_streaming", func(c *client) {
		in := c.make("StreamingOutputCallRequest")
		for _, size := range []int32{31415, 9, 2653, 58979} {
			in.response(size, nil)
		}
		stream := c.open(limited(), outputStream, "StreamingOutputCall")
		ok(stream.SendMsg(in))
		ok(stream.CloseSend())
		sizes, err := c.sizes(stream)
		ok(err)
		expect(sizes, []int{31415, 9, 2653, 58979})
	}},
	{"ping_pong", func(c *client) {
		stream := c.open(limited(), duplexStream, "FullDuplexCall")
		for _, pair := range [][2]int{{31415, 27182}, {9, 8}, {2653, 1828}, {58979, 45904}} {
			ok(stream.SendMsg(c.output(int32(pair[0]), pair[1])))
			out := c.make("StreamingOutputCallResponse")
			ok(stream.RecvMsg(out))
			expect(len(out.body()), pair[0])
		}
		ok(stream.CloseSend())
		sizes, err := c.sizes(stream)
		ok(err)
		expect(sizes, []int{})
	}},
	{"empty_stream", func(c *client) {
		stream := c.open(limited(), duplexStream, "FullDuplexCall")
		ok(stream.CloseSend())
		sizes, err := c.sizes(stream)
		ok(err)
		expect(sizes, []int{})
	}},
	{"status_code_and_message", func(c *client) {
		_, err := c.callLarge(c.make("SimpleRequest").put("response_status.code", int32(2)).put("response_status.message", "test status message"))
		expectStatus(err, codes.Unknown)
		expect(status.Convert(err).Message(), "test status message")
		stream := c.open(limited(), duplexStream, "FullDuplexCall")
		ok(stream.SendMsg(c.make("StreamingOutputCallRequest").put("response_status.code", int32(2)).put("response_status.message", "test status message")))
		ok(stream.CloseSend())
		_, err = c.sizes(stream)
		expectStatus(err, codes.Unknown)
		expect(status.Convert(err).Message(), "test status message")
	}},
	{"special_status_message", func(c *client) {
		_, err := c.callLarge(c.make("SimpleRequest").put("response_status.code", int32(2)).put("response_status.message", specialMessage))
		expectStatus(err, codes.Unknown)
		expect(status.Convert(err).Message(), specialMessage)
	}},
	{"unimplemented_method", func(c *client) {
		_, err := c.unary(limited(), "UnimplementedCall", c.make("Empty"), "Empty")
		expectStatus(err, codes.Unimplemented)
	}},
	{"unimplemented_service", func(c *client) {
		err := c.connection.Invoke(limited(), "/grpc.testing.UnimplementedService/UnimplementedCall", c.make("Empty"), c.make("Empty"))
		expectStatus(err, codes.Unimplemented)
	}},
	{"cancel_after_begin", func(c *client) {
		ctx, cancel := context.WithCancel(limited())
		stream := c.open(ctx, inputStream, "StreamingInputCall")
		cancel()
		expectStatus(stream.RecvMsg(c.make("StreamingInputCallResponse")), codes.Canceled)
	}},
	{"cancel_after_first_response", func(c *client) {
		ctx, cancel := context.WithCancel(limited())
		stream := c.open(ctx, duplexStream, "FullDuplexCall")
		ok(stream.SendMsg(c.output(31415, 27182)))
		out := c.make("StreamingOutputCallResponse")
		ok(stream.RecvMsg(out))
		expect(len(out.body()), 31415)
		cancel()
		expectStatus(stream.RecvMsg(c.make("StreamingOutputCallResponse")), codes.Canceled)
	}},
	{"timeout_on_sleeping_server", func(c *client) {
		ctx, cancel := context.WithTimeout(limited(), time.Millisecond)
		defer cancel()
		stream, err := c.connection.NewStream(ctx, duplexStream, "/"+service+"/FullDuplexCall")
		if err == nil {
			in := c.make("StreamingOutputCallRequest").response(31415, map[string]interface{}{"interval_us": int32(600_000_000)})
			_ = stream.SendMsg(in.put("payload.body", make([]byte, 27182)))
			_, err = c.sizes(stream)
		}
		expectStatus(err, codes.DeadlineExceeded)
	}},
	{"custom_metadata", func(c *client) {
		var headers, trailers metadata.MD
		_, err := c.unary(withMetadata(limited()), "UnaryCall", c.large(), "SimpleResponse", grpc.Header(&headers), grpc.Trailer(&trailers))
		ok(err)
		expectMetadata(headers, trailers)
		stream := c.open(withMetadata(limited()), duplexStream, "FullDuplexCall")
		ok(stream.SendMsg(c.output(314159, 271828)))
		ok(stream.CloseSend())
		sizes, err := c.sizes(stream)
		ok(err)
		expect(sizes, []int{314159})
		headers, err = stream.Header()
		ok(err)
		expectMetadata(headers, stream.Trailer())
	}},
	{"client_compressed_unary", func(c *client) {
		_, err := c.callLarge(c.large().put("expect_compressed.value", true))
		expectStatus(err, codes.InvalidArgument)
		_, err = c.callLarge(c.large().put("expect_compressed.value", true), gzip)
		ok(err)
		_, err = c.callLarge(c.large().put("expect_compressed.value", false))
		ok(err)
	}},
	// grpc-go of this age does not say what it accepts; servers know by its compressed request.
	{"server_compressed_unary", func(c *client) {
		for _, compressed := range []bool{true, false} {
			ctx := limited()
			out, err := c.unary(ctx, "UnaryCall", c.large().put("response_compressed.value", compressed), "SimpleResponse", gzip)
			ok(err)
			expect(isZeros(out.body(), 314159), true)
			expect(ctx.Value(compressedKey{}).(*seen).all, []bool{compressed})
		}
	}},
	{"client_compressed_streaming", func(c *client) {
		_, err := c.input([]*message{c.part(27182, true)})
		expectStatus(err, codes.InvalidArgument)
		// grpc-go compresses all messages of a call or none, so the uncompressed message goes in a call of its own.
		total, err := c.input([]*message{c.part(27182, true)}, gzip)
		ok(err)
		expect(total, 27182)
		total, err = c.input([]*message{c.part(45904, false)})
		ok(err)
		expect(total, 45904)
	}},
	{"server_compressed_streaming", func(c *client) {
		in := c.make("StreamingOutputCallRequest").
			response(31415, map[string]interface{}{"compressed.value": true}).
			response(92653, map[string]interface{}{"compressed.value": false})
		ctx := limited()
		stream := c.open(ctx, outputStream, "StreamingOutputCall", gzip)
		ok(stream.SendMsg(in))
		ok(stream.CloseSend())
		sizes, err := c.sizes(stream)
		ok(err)
		expect(sizes, []int{31415, 92653})
		expect(ctx.Value(compressedKey{}).(*seen).all, []bool{true, false})
	}},
}
