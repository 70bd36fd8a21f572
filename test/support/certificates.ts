import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandTool } from './required-tools.ts';

export const openssl = commandTool('openssl', 'apt-get install openssl');

/** A chain of certificates on disk, made by openssl: `leaf`, `ca1` …, `root`. */
export class Certificates {
  readonly #folder: string;

  /**
   * @param folder an empty one
   * @param host the name that the leaf is for
   * @param intermediates how many CAs there are between leaf and root
   */
  constructor(folder: string, host: string, intermediates: number) {
    this.#folder = folder;
    const names = [
      'root',
      ...Array.from({ length: intermediates }, (_, i) => `ca${intermediates - i}`),
    ];
    for (const [i, name] of names.entries()) this.#make(name, names[i - 1] ?? name, CA);
    this.#make('leaf', names.at(-1) ?? '', `subjectAltName=${altName(host)}`);
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

  /** The SHA-1 that openssl computes, as AWS writes it. */
  sha1(name: string): string {
    const line = this.#openssl('x509', '-in', `${name}.pem`, '-noout', '-fingerprint', '-sha1');
    return line
      .slice(line.indexOf('=') + 1)
      .replace(/[:\n]/g, '')
      .toLowerCase();
  }

  #make(name: string, signer: string, extension: string): void {
    const sign = signer === name ? [] : ['-CA', `${signer}.pem`, '-CAkey', `${signer}.key`];
    this.#openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', `/CN=${name}`, '-days', '2', '-config', this.#emptyConfig(), ...sign],
      ...['-addext', extension, '-keyout', `${name}.key`, '-out', `${name}.pem`],
    );
  }

  /** The machine's own would add extensions a second time. */
  #emptyConfig(): string {
    const file = join(this.#folder, 'openssl.cnf');
    writeFileSync(file, '[req]\ndistinguished_name=dn\n[dn]\n');
    return file;
  }

  #openssl(...args: string[]): string {
    return execFileSync('openssl', args, { cwd: this.#folder, encoding: 'utf8', stdio: 'pipe' });
  }
}

const CA = 'basicConstraints=critical,CA:TRUE';

function altName(host: string): string {
  return /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`;
}
