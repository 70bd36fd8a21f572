import { lookup, type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { dial } from '../../src/network/dial.ts';
import { NotPublicError, publicOnly, refuseNotPublic } from '../../src/network/public-addresses.ts';
import { portOf } from '../support/tools/port-of.ts';

const PUBLIC: LookupAddress = { address: '93.184.216.34', family: 4 };
const METADATA: LookupAddress = { address: '169.254.169.254', family: 4 };

/** A name server whose answer changes with each question. */
function rebinding(...answers: LookupAddress[][]): typeof lookup {
  const resolve = (_: string, __: object, callback: (error: null, found: unknown) => void) => {
    callback(null, answers.shift() ?? []);
  };
  return resolve as unknown as typeof lookup;
}

function asked(resolve: typeof lookup, options: { all?: boolean } = {}): Promise<unknown> {
  return new Promise((done) => {
    publicOnly(resolve)('rebinding.example', options, (error, found) => {
      done(error ?? found);
    });
  });
}

test('a name that has become private after its check is refused', async () => {
  const resolve = rebinding([PUBLIC], [METADATA]);
  expect(await asked(resolve)).toBe('93.184.216.34');
  const refused = await asked(resolve);
  expect(refused).toBeInstanceOf(NotPublicError);
  expect(String(refused)).toContain('169.254.169.254');
});

test('of public and private addresses of one name, only the public ones are tried', async () => {
  expect(await asked(rebinding([METADATA, PUBLIC]))).toBe('93.184.216.34');
  expect(await asked(rebinding([METADATA, PUBLIC, METADATA]), { all: true })).toEqual([PUBLIC]);
});

test('no connection is opened to a name that is private when it is dialed', async () => {
  let connections = 0;
  const server = createServer(() => (connections += 1)).listen(0, 'localhost');
  await once(server, 'listening');
  const port = portOf(server);
  const socket = connect({ host: 'localhost', port, lookup: publicOnly(lookup) });
  const [refused] = (await once(socket, 'error')) as [Error];
  expect(refused).toBeInstanceOf(NotPublicError);
  const dialed = dial({ host: 'localhost', port, addresses: 'public' }, {}, AbortSignal.timeout(5000)); // prettier-ignore
  await expect(dialed).rejects.toBeInstanceOf(NotPublicError);
  expect(connections).toBe(0);
  server.close();
});

test('a name without an address passes the check: a proxy may know it', async () => {
  await expect(
    refuseNotPublic('no-such-host.invalid', AbortSignal.timeout(5000)),
  ).resolves.toBeUndefined();
});
