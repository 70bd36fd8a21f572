import { rootCertificates } from 'node:tls';
import type { ReadFile } from '../interview/apply-flags.ts';
import { ProblemError } from '../problem.ts';

/**
 * The certificates to trust where a CA is named beside those that Node trusts: Node takes a list in place of its own,
 * `NODE_EXTRA_CA_CERTS` included.
 *
 * @returns `undefined` for Node's own
 * @throws {ProblemError} for a file that is not there, or no certificate
 */
export async function trustedCas(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  readFile: ReadFile,
): Promise<readonly string[] | undefined> {
  if (file === undefined) return undefined;
  const own = await readFile(file, '--ca-file');
  if (!own.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ProblemError([
      {
        where: '--ca-file',
        what: `the file ${file} holds no certificate in PEM`,
        fix: 'Give one that has a line -----BEGIN CERTIFICATE-----',
      },
    ]);
  }
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  return [
    ...rootCertificates,
    ...(extra ? [await readFile(extra, 'NODE_EXTRA_CA_CERTS')] : []),
    own,
  ];
}
