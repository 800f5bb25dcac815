// The messages of peer.proto for node peers, encoded by hand, and its service for @grpc/grpc-js. NODE_PATH leads to the package.
const fs = require('fs');
const grpc = require('@grpc/grpc-js');

const FAILURE_DETAIL = '100 % käputt\n失敗';

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? byte | 0x80 : byte);
  } while (rest > 0n);
  return Buffer.from(bytes);
}

function field(number, content) {
  return content.length === 0 ? content : Buffer.concat([varint((number << 3) | 2), varint(content.length), content]);
}

function serialize(note) {
  return Buffer.concat([
    field(1, Buffer.from(note.text || '')),
    note.number ? Buffer.concat([varint(2 << 3), varint(note.number)]) : Buffer.alloc(0),
    field(3, note.data || Buffer.alloc(0)),
  ]);
}

function deserialize(buffer) {
  const note = { text: '', number: 0, data: Buffer.alloc(0) };
  let at = 0;
  const next = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < buffer.length) {
    const tag = Number(next());
    if (tag === 2 << 3) {
      note.number = Number(BigInt.asIntN(64, next()));
      continue;
    }
    const length = Number(next());
    const content = buffer.subarray(at, at + length);
    at += length;
    if (tag >> 3 === 1) note.text = content.toString();
    if (tag >> 3 === 3) note.data = content;
  }
  return note;
}

function method(name, requestStream, responseStream, service = 'harness.peer.Peer') {
  return {
    path: `/${service}/${name}`, requestStream, responseStream,
    requestSerialize: serialize, requestDeserialize: deserialize,
    responseSerialize: serialize, responseDeserialize: deserialize,
  };
}

const service = {
  Echo: method('Echo', false, false),
  Count: method('Count', false, true),
  Sum: method('Sum', true, false),
  Chat: method('Chat', true, true),
};

const clientOnly = {
  Missing: method('Missing', false, false),
  Elsewhere: method('Echo', false, false, 'harness.peer.Elsewhere'),
};

function reason() {
  const metadata = new grpc.Metadata();
  metadata.set('x-reason', 'asked');
  metadata.set('x-reason-bin', Buffer.from([0, 255, 10]));
  return metadata;
}

const read = (folder, name) => fs.readFileSync(`${folder}/${name}`);

module.exports = { grpc, FAILURE_DETAIL, service, clientOnly, reason, read };
