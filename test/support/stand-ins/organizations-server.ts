import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { portOf } from '../tools/port-of.ts';

/** What a stand-in for AWS Organizations answers to a call: an error by its name, or a document. */
export type OrganizationsAnswer = { readonly error: string } | object;

/** Answers calls of AWS Organizations, and remembers them. */
export async function organizationsServer(
  answer: (call: string, input: Readonly<Record<string, string>>) => OrganizationsAnswer,
) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const call = String(request.headers['x-amz-target']).replace(/^.*\./, '');
      const input = JSON.parse(text) as Record<string, string>;
      calls.push([call, ...Object.values(input)].join(' '));
      const given = answer(call, input);
      const refused = 'error' in given;
      response.writeHead(refused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(
          refused ? { __type: given.error, Message: 'a reason\nin two lines' } : given,
        ),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
