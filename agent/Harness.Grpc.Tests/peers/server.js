// A server of peer.proto on @grpc/grpc-js; behaves as PeerService.cs says. Usage: server.js [folder of certificates, for mTLS]
// Prints the port it listens on, then serves until stdin ends.
const { grpc, FAILURE_DETAIL, service, reason, read } = require('./notes.js');

let cancelled = 0;

// Calls back with an error, or with the note that answers this one.
function answer(call, note, callback) {
  switch (note.text) {
    case 'wait':
      call.on('cancelled', () => { cancelled++; });
      return;
    case 'fail':
      callback({ code: grpc.status.ABORTED, details: FAILURE_DETAIL, metadata: reason() });
      return;
    case 'throw':
      callback({ code: grpc.status.UNKNOWN, details: 'Exception was thrown by handler.' });
      return;
    case 'cancelled':
      callback(null, { number: cancelled });
      return;
    case 'bytes':
      callback(null, { data: Buffer.alloc(note.number) });
      return;
    default:
      callback(null, note);
  }
}

// Sends what came as metadata back as headers; returns what goes back as trailers.
function returnMetadata(call) {
  const [text] = call.metadata.get('x-echo');
  const trailers = new grpc.Metadata();
  if (text === undefined) return trailers;
  const [bytes] = call.metadata.get('x-echo-bin');
  const headers = new grpc.Metadata();
  headers.set('x-echo', text);
  headers.set('x-echo-bin', bytes);
  call.sendMetadata(headers);
  trailers.set('x-trailer', text);
  trailers.set('x-trailer-bin', bytes);
  return trailers;
}

function echo(call, callback) {
  const trailers = returnMetadata(call);
  answer(call, call.request, (error, note) => callback(error, note, error ? undefined : trailers));
}

async function count(call) {
  for (let number = 1; number <= call.request.number; number++) {
    if (!call.write({ number, data: call.request.data })) {
      await new Promise((resume) => call.once('drain', resume));
    }
  }
  answer(call, call.request, (error) => (error ? call.emit('error', error) : call.end()));
}

function sum(call, callback) {
  let number = 0;
  call.on('data', (note) => answer(call, note, (error, seen) => {
    if (error) callback(error);
    else number += seen.number;
  }));
  call.on('end', () => callback(null, { number }));
}

function chat(call) {
  const trailers = returnMetadata(call);
  call.on('data', (note) => answer(call, note, (error, seen) => (error ? call.emit('error', error) : call.write(seen))));
  call.on('end', () => call.end(trailers));
}

const folder = process.argv[2];
const credentials = folder === undefined
  ? grpc.ServerCredentials.createInsecure()
  : grpc.ServerCredentials.createSsl(
    read(folder, 'ca.pem'), [{ private_key: read(folder, 'server.key'), cert_chain: read(folder, 'server.pem') }], true);
const server = new grpc.Server();
server.addService(service, { Echo: echo, Count: count, Sum: sum, Chat: chat });
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
