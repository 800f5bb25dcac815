// Calls a server of peer.proto with @grpc/grpc-js and says what it saw. Usage: client.js HOST:PORT [folder of certificates, for mTLS]
// Prints a line for each case: its name and "ok", or its name and what went wrong.
const assert = require('assert');
const { grpc, FAILURE_DETAIL, service, clientOnly, read } = require('./notes.js');

const [, , address, folder] = process.argv;
const credentials = folder === undefined
  ? grpc.credentials.createInsecure()
  : grpc.credentials.createSsl(read(folder, 'ca.pem'), read(folder, 'client.key'), read(folder, 'client.pem'));
const Client = grpc.makeGenericClientConstructor({ ...service, ...clientOnly }, 'Peer');
const client = new Client(address, credentials);

// A unary call: what it gave, or the error, and the metadata that came with it.
function call(name, note, metadata = new grpc.Metadata(), options = {}) {
  return new Promise((resolve) => {
    const seen = {};
    const running = client[name](note, metadata, options, (error, response) => Object.assign(seen, { error, response }));
    running.on('metadata', (headers) => { seen.headers = headers; });
    running.on('status', (status) => setImmediate(() => resolve({ ...seen, status })));
  });
}

// What a response stream gave up to its end.
function drain(stream, onNote = () => {}) {
  return new Promise((resolve) => {
    const notes = [];
    let failure = null;
    stream.on('data', (note) => { notes.push(note); onNote(note); });
    stream.on('error', (error) => { failure = error; });
    stream.on('status', (status) => setImmediate(() => resolve({ notes, error: failure, status })));
  });
}

function fail(actual, code) {
  assert.strictEqual(actual.code, code);
  assert.strictEqual(actual.details, FAILURE_DETAIL);
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const cases = {
  async unary() {
    const { response } = await call('Echo', { text: 'höre', number: -7, data: Buffer.from([1, 0, 2]) });
    assert.deepStrictEqual({ ...response, data: [...response.data] }, { text: 'höre', number: -7, data: [1, 0, 2] });
  },
  async empty_message() {
    assert.strictEqual((await call('Echo', {})).response.text, '');
  },
  async metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-echo', 'some text');
    metadata.set('x-echo-bin', Buffer.from([0, 1, 254, 255]));
    const { headers, status } = await call('Echo', {}, metadata);
    assert.deepStrictEqual(headers.get('x-echo'), ['some text']);
    assert.deepStrictEqual([...headers.get('x-echo-bin')[0]], [0, 1, 254, 255]);
    assert.deepStrictEqual(status.metadata.get('x-trailer'), ['some text']);
    assert.deepStrictEqual([...status.metadata.get('x-trailer-bin')[0]], [0, 1, 254, 255]);
  },
  async failure() {
    const { error } = await call('Echo', { text: 'fail' });
    fail(error, grpc.status.ABORTED);
    assert.deepStrictEqual(error.metadata.get('x-reason'), ['asked']);
    assert.deepStrictEqual([...error.metadata.get('x-reason-bin')[0]], [0, 255, 10]);
  },
  async exception() {
    const { error } = await call('Echo', { text: 'throw' });
    assert.strictEqual(error.code, grpc.status.UNKNOWN);
    assert.strictEqual(error.details, 'Exception was thrown by handler.');
  },
  async missing_method() {
    assert.strictEqual((await call('Missing', {})).error.code, grpc.status.UNIMPLEMENTED);
  },
  async missing_service() {
    assert.strictEqual((await call('Elsewhere', {})).error.code, grpc.status.UNIMPLEMENTED);
  },
  async large_message() {
    const data = Buffer.alloc(3_000_000, 'abcdefg');
    assert.ok((await call('Echo', { data })).response.data.equals(data));
  },
  async request_beyond_the_limit() {
    const { error } = await call('Echo', { data: Buffer.alloc(4 * 1024 * 1024 + 1) });
    assert.strictEqual(error.code, grpc.status.RESOURCE_EXHAUSTED);
  },
  async gzip_request() {
    const compressing = new Client(address, credentials, { 'grpc.default_compression_algorithm': 2 });
    const response = await new Promise((resolve, reject) => {
      compressing.Echo({ data: Buffer.alloc(100_000) }, (error, note) => (error ? reject(error) : resolve(note)));
    });
    compressing.close();
    assert.strictEqual(response.data.length, 100_000);
  },
  async deadline() {
    const { error } = await call('Echo', { text: 'wait' }, undefined, { deadline: Date.now() + 300 });
    assert.strictEqual(error.code, grpc.status.DEADLINE_EXCEEDED);
  },
  async cancellation() {
    const before = (await call('Echo', { text: 'cancelled' })).response.number;
    const stream = client.Count({ number: 1, text: 'wait' });
    const { error } = await drain(stream, () => stream.cancel());
    assert.strictEqual(error.code, grpc.status.CANCELLED);
    while ((await call('Echo', { text: 'cancelled' })).response.number <= before);
  },
  async server_streaming() {
    const { notes } = await drain(client.Count({ number: 200 }));
    assert.deepStrictEqual(notes.map((note) => note.number), range(1, 200));
  },
  async server_streaming_failure() {
    const { notes, error } = await drain(client.Count({ number: 2, text: 'fail' }));
    assert.strictEqual(notes.length, 2);
    fail(error, grpc.status.ABORTED);
  },
  async client_streaming() {
    const response = await new Promise((resolve, reject) => {
      const stream = client.Sum((error, note) => (error ? reject(error) : resolve(note)));
      range(1, 100).forEach((number) => stream.write({ number }));
      stream.end();
    });
    assert.strictEqual(response.number, 5050);
  },
  async client_streaming_without_messages() {
    const response = await new Promise((resolve, reject) => {
      client.Sum((error, note) => (error ? reject(error) : resolve(note))).end();
    });
    assert.strictEqual(response.number, 0);
  },
  async client_streaming_failure() {
    const error = await new Promise((resolve) => {
      client.Sum((failure) => resolve(failure)).write({ text: 'fail' });
    });
    fail(error, grpc.status.ABORTED);
  },
  async duplex() {
    const metadata = new grpc.Metadata();
    metadata.set('x-echo', 'first');
    metadata.set('x-echo-bin', Buffer.alloc(0));
    const stream = client.Chat(metadata);
    const draining = drain(stream, (note) => (note.number < 50 ? stream.write({ number: note.number + 1 }) : stream.end()));
    stream.write({ number: 1 });
    const { notes, status } = await draining;
    assert.deepStrictEqual(notes.map((note) => note.number), range(1, 50));
    assert.deepStrictEqual(status.metadata.get('x-trailer'), ['first']);
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
  client.close();
})();
