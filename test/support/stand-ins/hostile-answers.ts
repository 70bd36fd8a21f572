import { gzipSync } from 'node:zlib';
import type { RawAnswer, RawTlsServer } from './raw-tls-server.ts';

/** One way of a server to be hostile, and how it answers then. */
export type Mode = readonly [what: string, answer: (server: RawTlsServer) => RawAnswer];

/** A whole answer, with a content-length that is right unless the headers name another. */
export function http(
  body: string | Buffer,
  headers: readonly string[] = [],
  status = '200 OK',
): Buffer {
  const bytes = Buffer.from(body);
  const own = headers.some((header) => /^(content-length|transfer-encoding):/i.test(header));
  const all = [...headers, ...(own ? [] : [`content-length: ${bytes.length}`])];
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${all.join('\r\n')}\r\n\r\n`), bytes]);
}

/** Always the same bytes. */
export function always(what: string, bytes: Buffer | string, end = false): Mode {
  return [
    what,
    () => (socket) => {
      socket.write(bytes);
      if (end) socket.end();
    },
  ];
}

const ENDLESS = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const CHUNK = `10000\r\n${' '.repeat(0x10000)}\r\n`;

/** What a server can do to any reader of JSON by HTTP, whatever the document is about. */
export const TRANSPORT_MODES: readonly Mode[] = [
  ['accepts, and says nothing', () => () => undefined],
  ['dribbles its headers', (server) => (socket) => { socket.write('HTTP/1.1 200 OK\r\n'); server.repeat(socket, 'a: b\r\n', 20); }],
  ['dribbles its body', (server) => (socket) => { socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n['); server.repeat(socket, ' ', 20); }],
  ['never ends its body', (server) => (socket) => { socket.write(ENDLESS); server.repeat(socket, CHUNK, 0); }],
  ['never ends its chunk extensions', (server) => (socket) => { socket.write(`${ENDLESS}1;`); server.repeat(socket, 'x'.repeat(10_000), 0); }],
  ['never ends its trailers', (server) => (socket) => { socket.write(`${ENDLESS}2\r\n[]\r\n0\r\n`); server.repeat(socket, 'a: b\r\n'.repeat(1000), 0); }],
  ['never ends its informational answers', (server) => (socket) => { server.repeat(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(50), 0); }],
  ['never ends its headers', (server) => (socket) => { socket.write('HTTP/1.1 200 OK\r\n'); server.repeat(socket, `a: ${'b'.repeat(1000)}\r\n`, 0); }],
  ['asks to go on, for ever', (server) => (socket) => { server.repeat(socket, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50), 0); }],
  always('sends a huge body', http(`[${' '.repeat(2_000_000)}]`)),
  always('sends one huge header', http('[]', [`x-large: ${'a'.repeat(100_000)}`])),
  always('sends very many headers', http('[]', Array.from({ length: 5000 }, (_, i) => `x-${i}: a`))),
  always('sends a huge reason', http('[]', [], `200 ${'a'.repeat(100_000)}`)),
  always('announces more than it sends', http('[]', ['content-length: 5000']), true),
  always('announces less than it sends', http('[{"id":1}]', ['content-length: 2'])),
  always('announces two lengths', http('[]', ['content-length: 2', 'content-length: 3'])),
  always('announces a negative length', http('[]', ['content-length: -1'])),
  always('announces a length and chunks', http('2\r\n[]\r\n0\r\n\r\n', ['content-length: 2', 'transfer-encoding: chunked'])),
  always('sends a chunk of no size', `${ENDLESS}zz\r\n[]\r\n`),
  always('sends what is not HTTP', '\u0000\u0001\u0002 SSH-2.0-OpenSSH_9.9\r\n\r\n'),
  always('speaks HTTP/0.9', '<html>hello</html>\n', true),
  always('speaks HTTP/2', 'HTTP/2 200\r\n\r\n[]'),
  always('switches protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
  ['closes at once', () => (socket) => socket.end()],
  ['breaks off within the body', () => (socket) => { socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n['); setTimeout(() => socket.destroy(), 10); }],
  ['resets the connection', (server) => (socket) => { server.reset(socket); }],
  ['resets it within the body', (server) => (socket) => { socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n['); setTimeout(() => { server.reset(socket); }, 10); }],
  always('has no content', 'HTTP/1.1 204 No Content\r\n\r\n'),
  always('sends an empty body', http('')),
  always('sends JSON cut off', http('[{"id":1,')),
  always('sends deep JSON', http(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)),
  always('sends JSON that is a word', http('"hello"')),
  always('sends null', http('null')),
  always('sends a number of another size', http('1e999')),
  always('sends invalid UTF-8', http(Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]))),
  always('sends UTF-16', http(Buffer.from('[]', 'utf16le'))),
  always('sends a gzip bomb that nobody asked for', http(gzipSync(Buffer.alloc(50_000_000)), ['content-encoding: gzip'])),
  always('claims an encoding', http('[]x', ['content-encoding: br'])),
  always('sends a web page', http('<!DOCTYPE html><title>\u001b[31m</title>', ['content-type: text/html'])),
  always('has escape sequences in its reason', http('{}', [], '500 \u001b]0;owned\u0007\u009b31m')),
  always('redirects to another host', http('', ['location: https://evil.example/x'], '302 Found')),
  always('redirects to plain HTTP', http('', ['location: http://evil.example/x'], '302 Found')),
  always('redirects to a file', http('', ['location: file:///etc/passwd'], '302 Found')),
  always('redirects to a script', http('', ['location: javascript:alert(1)'], '307 Temporary Redirect')),
  always('redirects with a password', http('', ['location: https://a:b@evil.example/'], '301 Moved')),
  always('redirects to itself', http('', ['location: ?'], '308 Permanent Redirect')),
  always('redirects to nowhere', http('', [], '302 Found')),
  always('redirects to garbage', http('', ['location: https://[:::'], '302 Found')),
  always('redirects far away', http('', [`location: /${'a'.repeat(10_000)}`], '302 Found')),
  always('wants to be left alone for 11 days', http('', ['retry-after: 999999'], '503 Unavailable')),
  always('wants to be left alone for ever', http('', [`retry-after: ${'9'.repeat(400)}`], '429 Slow Down')),
  always('wants to be left alone for less than nothing', http('', ['retry-after: -5'], '503 Unavailable')),
  always('wants to be left alone until a date', http('', ['retry-after: Fri, 31 Dec 2999 23:59:59 GMT'], '503 Unavailable')),
  always('wants to be left alone until yesterday', http('', ['retry-after: Mon, 01 Jan 2001 00:00:00 GMT'], '503 Unavailable')),
  always('wants to be left alone until whenever', http('', ['retry-after: \u001b[2J soon'], '503 Unavailable')),
  always('has a status that nobody knows', http('[]', [], '599 What')),
  always('has a status beyond all', http('[]', [], '999 What')),
]; // prettier-ignore
