import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandTool } from '../tools/required-tools.ts';

export const openssl = commandTool('openssl', 'apt-get install openssl');

/** What a TLS server shows, and the CA that signed it, all in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  /** File of the CA. */
  readonly caFile: string;
}

/**
 * A certificate for some names by a CA of its own.
 *
 * @param folder files of an earlier one in it are replaced
 * @param days until it expires; a negative number for one that has
 */
export function certificate(folder: string, names: readonly string[], days?: number): Certificate {
  const chain = new Certificates(folder, names, 0, days);
  const { key } = chain;
  return { key, cert: chain.pem('leaf'), ca: chain.pem('root'), caFile: chain.file('root') };
}

const CA = 'basicConstraints=critical,CA:TRUE';
const DAYS = 2;

/** A chain of certificates on disk, made by openssl: `leaf`, `ca1` …, `root`. */
export class Certificates {
  readonly #folder: string;

  /**
   * @param folder files of an earlier one in it are replaced
   * @param hosts the names that the leaf is for
   * @param intermediates how many CAs there are between leaf and root
   * @param days until the leaf expires
   */
  constructor(folder: string, hosts: readonly string[], intermediates: number, days = DAYS) {
    this.#folder = folder;
    // The machine's own would add extensions a second time.
    writeFileSync(join(folder, 'openssl.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n');
    this.#request('root', '-x509', '-days', String(DAYS), '-addext', CA, '-out', 'root.pem');
    const cas = Array.from({ length: intermediates }, (_, i) => `ca${intermediates - i}`);
    const signer = cas.reduce((above, name) => this.#sign(name, above, CA, DAYS), 'root');
    this.#sign('leaf', signer, `subjectAltName=${hosts.map(altName).join()}`, days);
  }

  pem(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  get key(): string {
    return readFileSync(join(this.#folder, 'leaf.key'), 'utf8');
  }

  file(name: string): string {
    return join(this.#folder, `${name}.pem`);
  }

  /** The thumbprint that openssl computes. */
  sha1(name: string): string {
    return thumbprint(this.file(name));
  }

  /** @returns the name, which may sign the next */
  #sign(name: string, signer: string, extension: string, days: number): string {
    writeFileSync(join(this.#folder, `${name}.ext`), extension);
    this.#request(name, '-out', `${name}.csr`);
    this.#openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-days', String(days), '-extfile', `${name}.ext`],
      ...[
        '-CA',
        `${signer}.pem`,
        '-CAkey',
        `${signer}.key`,
        '-CAcreateserial',
        '-out',
        `${name}.pem`,
      ],
    );
    return name;
  }

  #request(name: string, ...args: string[]): void {
    this.#openssl(
      ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-config', 'openssl.cnf', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, ...args],
    );
  }

  #openssl(...args: string[]): string {
    return execFileSync('openssl', args, { cwd: this.#folder, encoding: 'utf8', stdio: 'pipe' });
  }
}

/** The SHA-1 of a certificate on disk that openssl computes, as AWS writes it. */
export function thumbprint(file: string): string {
  const args = ['x509', '-in', file, '-noout', '-fingerprint', '-sha1'];
  const line = execFileSync('openssl', args, { encoding: 'utf8' });
  return line
    .slice(line.indexOf('=') + 1)
    .replace(/[:\n]/g, '')
    .toLowerCase();
}

function altName(host: string): string {
  return /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`;
}
