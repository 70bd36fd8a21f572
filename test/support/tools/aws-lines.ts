import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Asked, StsGate } from '../stand-ins/sts-gate.ts';
import { adminEnvironment } from './administrator.ts';

const run = promisify(execFile);

/** Signed as the AWS CLI signs; nobody checks it here. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=admin/20200101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0';

/**
 * Shell lines that change an account with the AWS CLI. To start the CLI takes most of the time: of lines that have been
 * run before, what the CLI asked AWS for is asked again, without it.
 */
export class AwsLines {
  readonly #known = new Map<string, readonly Asked[]>();

  constructor(private readonly gate: StsGate) {}

  async run(lines: string): Promise<void> {
    const known = this.#known.get(lines);
    if (known) {
      for (const asked of known) await this.#ask(asked);
      return;
    }
    this.gate.takeAsked();
    await run('sh', ['-ec', lines], {
      env: { ...adminEnvironment(this.gate.url), PATH: process.env['PATH'] ?? '' },
    });
    this.#known.set(lines, this.gate.takeAsked());
  }

  async #ask({ path, contentType, body }: Asked): Promise<void> {
    const headers = { 'content-type': contentType, authorization: AUTHORIZATION };
    const response = await fetch(`${this.gate.url}${path}`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(await response.text());
  }
}
