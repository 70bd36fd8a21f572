import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** AWS's IAM, STS and S3 on this machine, by moto. */
export class Moto {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Moto> {
    const port = await freePort();
    const child = spawn('moto_server', ['-p', String(port)], {
      stdio: 'ignore',
      env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    });
    const moto = new Moto(child, `http://127.0.0.1:${port}`);
    await moto.answers();
    return moto;
  }

  stop(): void {
    this.process.kill();
  }

  /** What makes the AWS CLI, SDKs and Terraform speak to it, with keys of no worth. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_DEFAULT_REGION: 'eu-west-1',
    };
  }

  private async answers(): Promise<void> {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      const answer = await fetch(`${this.url}/moto-api/data.json`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
    this.stop();
    throw new Error('moto_server did not start within 60 seconds');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      server.close(() => {
        if (port === undefined) reject(new Error('there is no free port'));
        else resolve(port);
      });
    });
  });
}
