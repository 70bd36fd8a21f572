import { rootCertificates } from 'node:tls';
import { privateCas } from './private-cas.ts';
import { ProblemError } from '../text/problem.ts';
import { readFlagFile } from '../terminal/read-flag-file.ts';

/**
 * What to trust where `--ca-file` names a CA: Node takes a list in place of what it trusts by itself.
 *
 * @returns `undefined` where none is named, so that Node's own count
 * @throws {ProblemError} where the file cannot be read, or holds no certificate
 */
export async function trustedCas(file: string | undefined): Promise<readonly string[] | undefined> {
  if (file === undefined) return undefined;
  const own = readFlagFile(file, '--ca-file');
  if (!own.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ProblemError([
      {
        where: '--ca-file',
        what: `the file ${file} holds no certificate in PEM`,
        fix: 'Give one that has a line -----BEGIN CERTIFICATE-----',
      },
    ]);
  }
  return [...rootCertificates, ...(await privateCas(process.env, undefined)), own];
}
