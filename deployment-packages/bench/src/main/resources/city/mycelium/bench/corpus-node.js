// The reference: runs every line {"script", "fPort", "bytes", "recvTime"} in a new context of node.js, as The Things Stack
// would, and writes {"data": …} or {"errors": […]}.
'use strict';

const fs = require('fs');
const readline = require('readline');
const vm = require('vm');

const scripts = new Map();

function compiled(path) {
  if (!scripts.has(path)) {
    scripts.set(path, new vm.Script(fs.readFileSync(path, 'utf8'), { filename: path }));
  }
  return scripts.get(path);
}

// Runs inside the context, so that nothing of this one gets in.
const CALL = `(function () {
  var input = { bytes: JSON.parse(BYTES), fPort: PORT, recvTime: new Date(TIME), variables: {} };
  var get = function (name) { try { return eval(name); } catch (e) { return undefined; } };
  var decode = get('decodeUplink') || module.exports.decodeUplink;
  if (typeof decode === 'function') {
    return JSON.stringify(decode(input));
  }
  var decoder = get('Decoder') || module.exports.Decoder;
  return JSON.stringify({ data: decoder(input.bytes, input.fPort) });
})()`;

function run(line) {
  const example = JSON.parse(line);
  const context = vm.createContext({
    BYTES: JSON.stringify(Array.from(Buffer.from(example.bytes, 'hex'))),
    PORT: example.fPort,
    TIME: Date.parse(example.recvTime),
    module: { exports: {} },
    console: { log() {}, info() {}, warn() {}, error() {}, debug() {} }
  });
  compiled(example.script).runInContext(context, { timeout: 2000 });
  const result = JSON.parse(vm.runInContext(CALL, context, { timeout: 2000 }) || 'null');
  if (result && result.errors && result.errors.length > 0) {
    return { errors: result.errors.map(String) };
  }
  return result && result.data ? { data: result.data } : { errors: ['no data'] };
}

readline.createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (line) => {
  let result;
  try {
    result = run(line);
  } catch (e) {
    result = { errors: [String(e)] };
  }
  process.stdout.write(JSON.stringify(result) + '\n');
});
