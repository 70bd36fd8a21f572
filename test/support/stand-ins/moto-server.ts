import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { portOf } from '../tools/port-of.ts';
import { commandTool } from '../tools/required-tools.ts';
import type { AwsAnswer, AwsCall } from './aws-accounts.ts';

export const moto = commandTool('moto_server', "pip install 'moto[server]'");

/** AWS on this machine. Its STS takes any token: it does not look at the trust policy. */
export class MotoServer {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(): Promise<MotoServer> {
    const port = await freePort();
    const server = new MotoServer(
      `http://127.0.0.1:${port}`,
      spawn(moto.name, ['-H', '127.0.0.1', '-p', String(port)], {
        stdio: 'ignore',
        env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
      }),
    );
    await server.#answers();
    return server;
  }

  /** Forgets everything that was made in it. */
  async reset(): Promise<void> {
    await fetch(`${this.url}/moto-api/reset`, { method: 'POST' });
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, 'exit');
    if (this.#process.kill()) await exit;
  }

  async #answers(): Promise<void> {
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      const response = await fetch(`${this.url}/moto-api/`).catch(() => undefined);
      if (response?.ok) return;
      await sleep(200);
    }
    await this.stop();
    throw new Error('moto_server did not answer within 30 s.');
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const port = portOf(probe);
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Moto's server resets some of several connections at once; what is only read is asked again. */
export async function askMoto(
  url: string,
  call: Pick<AwsCall, 'request' | 'body'>,
  left = 10,
): Promise<Exclude<AwsAnswer, 'hang'>> {
  const { authorization = '', 'content-type': type = '' } = call.request.headers;
  const target = call.request.headers['x-amz-target'];
  const headers = {
    authorization,
    'content-type': type,
    ...(typeof target === 'string' && { 'x-amz-target': target }),
  };
  try {
    const asking = request(url, { method: 'POST', headers, agent: false }).end(call.body);
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response) };
  } catch (error) {
    if (left === 0) throw error;
    await sleep(100);
    return askMoto(url, call, left - 1);
  }
}
