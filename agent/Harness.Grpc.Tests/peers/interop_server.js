// The server of the interoperability cases on @grpc/grpc-js. Usage: interop_server.js DESCRIPTOR_SET
// Prints the port it listens on, then serves until stdin ends. grpc-js does not tell a handler whether a request came compressed,
// and its server compresses nothing.
const { grpc, load, payload } = require('./interop_messages.js');

const INITIAL = 'x-grpc-test-echo-initial';
const TRAILING = 'x-grpc-test-echo-trailing-bin';

// Sends the initial metadata back; returns the trailing metadata to send back.
function echoMetadata(call) {
  const trailers = new grpc.Metadata();
  for (const value of call.metadata.get(TRAILING)) trailers.add(TRAILING, value);
  const headers = new grpc.Metadata();
  for (const value of call.metadata.get(INITIAL)) headers.add(INITIAL, value);
  if (call.metadata.get(INITIAL).length > 0) call.sendMetadata(headers);
  return trailers;
}

const failure = (status) => (status && status.code ? { code: status.code, details: status.message } : null);

function unaryCall(call, callback) {
  const trailers = echoMetadata(call);
  const error = failure(call.request.response_status);
  if (error) callback(error);
  else callback(null, { payload: payload(call.request.response_size) }, trailers);
}

async function outputs(request, call) {
  for (const { size, interval_us: interval } of request.response_parameters) {
    if (interval > 0) await new Promise((resume) => setTimeout(resume, interval / 1000));
    call.write({ payload: payload(size) });
  }
}

async function streamingOutputCall(call) {
  await outputs(call.request, call);
  call.end();
}

function streamingInputCall(call, callback) {
  let total = 0;
  call.on('data', (request) => { total += request.payload.body.length; });
  call.on('end', () => callback(null, { aggregated_payload_size: total }));
}

function fullDuplexCall(call) {
  const trailers = echoMetadata(call);
  let writing = Promise.resolve();
  call.on('data', (request) => {
    const error = failure(request.response_status);
    if (error) call.emit('error', error);
    else writing = writing.then(() => outputs(request, call));
  });
  call.on('end', async () => {
    await writing;
    call.end(trailers);
  });
}

const server = new grpc.Server();
server.addService(load(process.argv[2]).TestService.service, {
  EmptyCall: (call, callback) => callback(null, {}),
  UnaryCall: unaryCall,
  StreamingOutputCall: streamingOutputCall,
  StreamingInputCall: streamingInputCall,
  FullDuplexCall: fullDuplexCall,
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
