/*
 * Lends the real AWS provider to Terraform, which starts the script of `scripts/jest-providers.mjs` in its place.
 *
 * A command of Terraform starts a provider up to four times, and each time the AWS provider describes more than 1,500 kinds
 * of resources. That takes about 5 of the 6 seconds of processor time of a plan. Here a provider serves one start after the
 * other that has the same environment, and the descriptions of kinds that no configuration has are left out. Every other
 * call goes to the real provider unchanged, and so does its answer to Terraform.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers';

const [, , file, folder] = process.argv;

/** The kinds of resources and data sources that configurations have here. Terraform refuses any other one. */
const KINDS = /^aws_iam_/;

/** So many providers wait for their next start; each takes some hundred MB. */
const MOST_IDLE = 3;

/** @type {{ key: string, provider: Promise<Provider> }[]} The one that was used last is last. */
const idle = [];
/** @type {Set<import('node:child_process').ChildProcess>} */
const started = new Set();
/** @type {Promise<Buffer> | undefined} */
let description;
let starts = 0;

/** @typedef {{ child: import('node:child_process').ChildProcess, calls: http2.ClientHttp2Session }} Provider */

/**
 * Starts the real provider, by the protocol of go-plugin: its first line has the address.
 *
 * @see https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
 */
async function start(environment, cwd) {
  const child = spawn(file, [], { env: environment, cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  started.add(child);
  child.once('exit', () => started.delete(child));
  for await (const line of createInterface({ input: child.stdout })) {
    const path = line.split('|')[3];
    child.stdout.resume();
    const calls = http2.connect('http://localhost', { createConnection: () => net.connect(path) });
    calls.on('error', () => child.kill('SIGKILL'));
    await once(calls, 'connect');
    return { child, calls };
  }
  throw new Error(`${file} did not start`);
}

function taken(key, environment, cwd) {
  const at = idle.findIndex((one) => one.key === key);
  return at < 0 ? start(environment, cwd) : idle.splice(at, 1)[0].provider;
}

function giveBack(key, provider) {
  idle.push({ key, provider });
  while (idle.length > MOST_IDLE)
    void idle.shift().provider.then(({ child }) => child.kill('SIGKILL'));
}

/** One start of the script: what Terraform then sees is a server of its own. */
function serve(pid, connection) {
  const environment = environmentOf(pid);
  const key = JSON.stringify(Object.entries(environment).sort());
  const path = join(folder, `${++starts}.sock`);
  let isClean = true;
  let provider;
  const real = () => (provider ??= taken(key, environment, `/proc/${pid}/cwd`));
  const release = () => {
    if (provider === undefined) return;
    if (isClean) giveBack(key, provider);
    else void provider.then(({ child }) => child.kill('SIGKILL'));
    provider = undefined;
  };
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    switch (headers[':path']) {
      case '/plugin.GRPCController/Shutdown':
        // Terraform starts the next one as soon as it has the answer.
        release();
        answer(stream, Buffer.alloc(5));
        connection.end();
        break;
      case '/plugin.GRPCBroker/StartStream':
      case '/plugin.GRPCStdio/StreamStdio':
        // Open as long as the connection, and never used: the provider prints nothing and calls nobody.
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        break;
      case '/tfplugin5.Provider/GetSchema':
        described(real).then(
          (message) => answer(stream, message),
          () => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
        );
        break;
      default:
        if (headers[':path'].endsWith('/Stop')) isClean = false;
        real().then(
          ({ calls }) => forward(stream, headers, calls),
          () => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
        );
    }
  });
  server.on('session', (session) => session.on('error', () => undefined));
  connection.once('close', () => {
    server.close();
    release();
  });
  server.listen(path, () => connection.write(`1|5|unix|${path}|grpc|\n`));
}

function environmentOf(pid) {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  const environment = Object.fromEntries(
    entries.map((entry) => [
      entry.slice(0, entry.indexOf('=')),
      entry.slice(entry.indexOf('=') + 1),
    ]),
  );
  // A provider takes the machine's own CAs only once, and AWS is on this machine.
  if (environment['AWS_CA_BUNDLE'] === process.env['AWS_CA_BUNDLE'])
    delete environment['AWS_CA_BUNDLE'];
  return environment;
}

function answer(stream, message) {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(message);
}

function forward(stream, headers, calls) {
  const call = calls.request(headers);
  call.on('error', () => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR));
  stream.on('close', () => call.close());
  let trailers = {};
  call.on('trailers', (last) => (trailers = plain(last)));
  call.on('response', (first, flags) => {
    const endStream = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(plain(first), { endStream, waitForTrailers: !endStream });
    if (endStream) return;
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    call.pipe(stream);
  });
  stream.pipe(call);
}

function plain(headers) {
  return Object.fromEntries(Object.entries(headers));
}

/** What the provider says of itself, without the kinds that no test uses; it is asked once. */
function described(real) {
  description ??= real().then(async ({ calls }) => {
    const call = calls.request({
      ':method': 'POST',
      ':path': '/tfplugin5.Provider/GetSchema',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    call.end(Buffer.alloc(5));
    const chunks = [];
    for await (const chunk of call) chunks.push(chunk);
    return framed(withoutUnused(Buffer.concat(chunks).subarray(5)));
  });
  description.catch(() => (description = undefined));
  return description;
}

function framed(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/**
 * Fields 2 and 3 of the message are maps from a kind's name to its description.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.proto
 */
function withoutUnused(message) {
  const kept = [];
  for (let at = 0; at < message.length;) {
    const [tag, afterTag] = varint(message, at);
    if ((tag & 7) !== 2) throw new Error(`a field of type ${tag & 7}`);
    const [length, begin] = varint(message, afterTag);
    const end = begin + length;
    const field = tag >> 3;
    if ((field !== 2 && field !== 3) || KINDS.test(keyOf(message.subarray(begin, end))))
      kept.push(message.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

/** An entry of a map has its key first. */
function keyOf(entry) {
  const [length, begin] = varint(entry, 1);
  return entry.toString('utf8', begin, begin + length);
}

/** @returns the number at a place, and where it ends */
function varint(bytes, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

const server = net.createServer((connection) => {
  connection.on('error', () => undefined);
  createInterface({ input: connection }).once('line', (pid) => serve(Number(pid), connection));
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  setTimeout(() => process.exit(0), 100);
});
