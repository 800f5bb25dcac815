// The client of the interoperability cases on @grpc/grpc-js. Usage: interop_client.js HOST:PORT DESCRIPTOR_SET
// Prints a line for each case: its name and "ok", or what went wrong.
const assert = require('assert');
const { grpc, SPECIAL_MESSAGE, load, payload } = require('./interop_messages.js');

const [, , address, descriptors] = process.argv;
const testing = load(descriptors);
const insecure = grpc.credentials.createInsecure();
const client = new testing.TestService(address, insecure);
const gzip = new testing.TestService(address, insecure, { 'grpc.default_compression_algorithm': 2 });
const { status } = grpc;
const NO_COMPRESS = 2;
const INITIAL = 'x-grpc-test-echo-initial';
const TRAILING = 'x-grpc-test-echo-trailing-bin';

// A unary call: what it gave, or the error, and the metadata that came with it.
function call(name, request, metadata = new grpc.Metadata(), target = client) {
  return new Promise((resolve) => {
    const seen = {};
    const running = target[name](request, metadata, (error, response) => Object.assign(seen, { error, response }));
    running.on('metadata', (headers) => { seen.headers = headers; });
    running.on('status', (end) => setImmediate(() => resolve({ ...seen, status: end })));
  });
}

// What a response stream gave up to its end.
function drain(stream, onResponse = () => {}) {
  return new Promise((resolve) => {
    const seen = { sizes: [], error: null };
    stream.on('metadata', (headers) => { seen.headers = headers; });
    stream.on('data', (response) => { seen.sizes.push(response.payload.body.length); onResponse(seen.sizes.length); });
    stream.on('error', (error) => { seen.error = error; });
    stream.on('status', (end) => setImmediate(() => resolve({ ...seen, status: end })));
  });
}

// A call with a stream of requests: writes them with their flags, and gives the response or the error.
function send(target, requests) {
  return new Promise((resolve) => {
    const stream = target.StreamingInputCall((error, response) => resolve({ error, response }));
    for (const [request, flags] of requests) stream.write(request, flags);
    stream.end();
  });
}

const large = (more = {}) => ({ response_size: 314159, payload: payload(271828), ...more });
const duplex = (size, payloadSize) => ({ response_parameters: [{ size }], payload: payload(payloadSize) });
const part = (size, compressed) => ({ payload: payload(size), expect_compressed: { value: compressed } });

const cases = {
  async empty_unary() {
    assert.deepStrictEqual({ ...(await call('EmptyCall', {})).response }, {});
  },
  async large_unary() {
    assert.ok((await call('UnaryCall', large())).response.payload.body.equals(Buffer.alloc(314159)));
  },
  async client_streaming() {
    const requests = [27182, 8, 1828, 45904].map((size) => [{ payload: payload(size) }, 0]);
    assert.strictEqual((await send(client, requests)).response.aggregated_payload_size, 74922);
  },
  async server_streaming() {
    const sizes = [31415, 9, 2653, 58979];
    const request = { response_parameters: sizes.map((size) => ({ size })) };
    assert.deepStrictEqual((await drain(client.StreamingOutputCall(request))).sizes, sizes);
  },
  async ping_pong() {
    const pairs = [[31415, 27182], [9, 8], [2653, 1828], [58979, 45904]];
    const stream = client.FullDuplexCall();
    const draining = drain(stream, (count) => (count < pairs.length ? stream.write(duplex(...pairs[count])) : stream.end()));
    stream.write(duplex(...pairs[0]));
    const { sizes, error } = await draining;
    assert.deepStrictEqual(sizes, pairs.map(([size]) => size));
    assert.strictEqual(error, null);
  },
  async empty_stream() {
    const stream = client.FullDuplexCall();
    stream.end();
    const { sizes, status: end } = await drain(stream);
    assert.deepStrictEqual([sizes, end.code], [[], status.OK]);
  },
  async status_code_and_message() {
    const wanted = { code: 2, message: 'test status message' };
    const unary = await call('UnaryCall', { response_status: wanted });
    const stream = client.FullDuplexCall();
    stream.write({ response_status: wanted });
    stream.end();
    for (const { error } of [unary, await drain(stream)]) {
      assert.deepStrictEqual([error.code, error.details], [status.UNKNOWN, 'test status message']);
    }
  },
  async special_status_message() {
    const { error } = await call('UnaryCall', { response_status: { code: 2, message: SPECIAL_MESSAGE } });
    assert.deepStrictEqual([error.code, error.details], [status.UNKNOWN, SPECIAL_MESSAGE]);
  },
  async unimplemented_method() {
    assert.strictEqual((await call('UnimplementedCall', {})).error.code, status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    const elsewhere = new testing.UnimplementedService(address, insecure);
    assert.strictEqual((await call('UnimplementedCall', {}, undefined, elsewhere)).error.code, status.UNIMPLEMENTED);
    elsewhere.close();
  },
  async cancel_after_begin() {
    const error = await new Promise((resolve) => { client.StreamingInputCall((failure) => resolve(failure)).cancel(); });
    assert.strictEqual(error.code, status.CANCELLED);
  },
  async cancel_after_first_response() {
    const stream = client.FullDuplexCall();
    const draining = drain(stream, () => stream.cancel());
    stream.write(duplex(31415, 27182));
    const { sizes, error } = await draining;
    assert.deepStrictEqual([sizes, error.code], [[31415], status.CANCELLED]);
  },
  async timeout_on_sleeping_server() {
    const stream = client.FullDuplexCall({ deadline: Date.now() + 1 });
    const draining = drain(stream);
    stream.write({ response_parameters: [{ size: 31415, interval_us: 600_000_000 }], payload: payload(27182) });
    assert.strictEqual((await draining).error.code, status.DEADLINE_EXCEEDED);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set(INITIAL, 'test_initial_metadata_value');
    metadata.set(TRAILING, Buffer.from([0xab, 0xab, 0xab]));
    const unary = await call('UnaryCall', large(), metadata);
    const stream = client.FullDuplexCall(metadata);
    stream.write(duplex(314159, 271828));
    stream.end();
    for (const { headers, status: end } of [unary, await drain(stream)]) {
      assert.deepStrictEqual(headers.get(INITIAL), ['test_initial_metadata_value']);
      assert.deepStrictEqual([...end.metadata.get(TRAILING)[0]], [0xab, 0xab, 0xab]);
    }
  },
  async client_compressed_unary() {
    const expecting = (value) => large({ expect_compressed: { value } });
    assert.strictEqual((await call('UnaryCall', expecting(true))).error.code, status.INVALID_ARGUMENT);
    assert.strictEqual((await call('UnaryCall', expecting(true), undefined, gzip)).response.payload.body.length, 314159);
    assert.strictEqual((await call('UnaryCall', expecting(false))).response.payload.body.length, 314159);
  },
  async server_compressed_unary() {
    for (const value of [true, false]) {
      const { response } = await call('UnaryCall', large({ response_compressed: { value } }));
      assert.ok(response.payload.body.equals(Buffer.alloc(314159)));
    }
  },
  async client_compressed_streaming() {
    assert.strictEqual((await send(client, [[part(27182, true), 0]])).error.code, status.INVALID_ARGUMENT);
    const { response } = await send(gzip, [[part(27182, true), 0], [part(45904, false), NO_COMPRESS]]);
    assert.strictEqual(response.aggregated_payload_size, 73086);
  },
  async server_compressed_streaming() {
    const parameters = [{ size: 31415, compressed: { value: true } }, { size: 92653, compressed: { value: false } }];
    const { sizes } = await drain(client.StreamingOutputCall({ response_parameters: parameters }));
    assert.deepStrictEqual(sizes, [31415, 92653]);
  },
};

(async () => {
  for (const [name, check] of Object.entries(cases)) {
    try {
      await check();
      console.log(name, 'ok');
    } catch (error) {
      console.log(name, String(error.stack).replace(/\n/g, ' | '));
    }
  }
  // The channels' idle timers would keep the process for minutes.
  process.exit(0);
})();
