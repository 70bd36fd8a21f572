import { shareProviders } from './jest-providers.mjs';

/**
 * The runs of the program in a suite share a process: see `test/support/tools/shared-process.ts`.
 *
 * Node 20 reads the certificates of `NODE_EXTRA_CA_CERTS` at each start, and the unit tests contact no other machine.
 */
export default async function setup() {
  delete process.env['NODE_EXTRA_CA_CERTS'];
  process.env['SHARED_PROCESS'] ??= '1';
  await shareProviders();
}
