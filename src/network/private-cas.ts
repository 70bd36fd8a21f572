import { readFile } from 'node:fs/promises';

/**
 * The CAs that this machine trusts in addition to the public ones: `NODE_EXTRA_CA_CERTS`, which Node reads for itself only, and
 * a file that was named.
 *
 * @throws {Error} of the file system, where `caFile` cannot be read
 * @see https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 */
export async function privateCas(
  env: NodeJS.ProcessEnv,
  caFile: string | undefined,
): Promise<string[]> {
  const extra = env['NODE_EXTRA_CA_CERTS'];
  const texts = [
    ...(extra ? [await readFile(extra, 'utf8').catch(() => '')] : []),
    ...(caFile === undefined ? [] : [await readFile(caFile, 'utf8')]),
  ];
  return texts.filter((text) => text.includes('-----BEGIN CERTIFICATE-----'));
}
