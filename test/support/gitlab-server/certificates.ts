import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandTool } from '../required-tools.ts';

export const openssl = commandTool('openssl', 'install the package openssl');

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** What a TLS server shows, and the CA that signed it, all in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  /** File of the CA. */
  readonly caFile: string;
}

/**
 * A certificate for some names by a CA of its own, made by openssl.
 *
 * @param days until it expires; a negative number for one that has
 */
export function certificate(folder: string, names: readonly string[], days = 2): Certificate {
  const file = (name: string) => join(folder, name);
  const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const caFile = file('ca.pem');
  run('req', '-x509', ...KEY, '-keyout', file('ca.key'), '-out', caFile, '-subj', '/CN=Test CA', '-days', '2'); // prettier-ignore
  run('req', ...KEY, '-keyout', file('key.pem'), '-out', file('cert.csr'), '-subj', `/CN=${names[0] ?? ''}`); // prettier-ignore
  writeFileSync(
    file('names'),
    `subjectAltName=${names.map((name) => `${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`).join()}`,
  );
  run('x509', '-req', '-in', file('cert.csr'), '-CA', caFile, '-CAkey', file('ca.key'), '-CAcreateserial', '-days', String(days), '-extfile', file('names'), '-out', file('cert.pem')); // prettier-ignore
  const text = (name: string) => readFileSync(file(name), 'utf8');
  return { key: text('key.pem'), cert: text('cert.pem'), ca: text('ca.pem'), caFile };
}
