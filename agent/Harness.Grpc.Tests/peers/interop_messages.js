// The services of interop.proto for node peers, from the descriptor set that the tests pass. NODE_PATH leads to the packages.
const fs = require('fs');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const SPECIAL_MESSAGE = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';

function load(path) {
  const definition = loader.loadFileDescriptorSetFromBuffer(fs.readFileSync(path), { keepCase: true, defaults: true });
  return grpc.loadPackageDefinition(definition).grpc.testing;
}

const payload = (size) => ({ body: Buffer.alloc(size) });

module.exports = { grpc, SPECIAL_MESSAGE, load, payload };
