import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { portOf } from '../tools/port-of.ts';

/** One call of AWS's API, as it arrives. */
export interface AwsCall {
  /** `iam:ListOpenIDConnectProviders` */
  readonly action: string;
  /** The account that is asked, by the credentials. */
  readonly account: string;
  readonly input: Readonly<Record<string, string>>;
  /** The request as it came, with its signature. */
  readonly request: IncomingMessage;
  readonly body: string;
}

/** `hang`: the connection is kept open, and nothing is sent. */
export type AwsAnswer = { readonly status: number; readonly body: string } | 'hang';

/** Answers a call; `undefined` for what stands behind it. */
export type Answering = (call: AwsCall) => AwsAnswer | undefined | Promise<AwsAnswer | undefined>;

/** Credentials of whoever asks, and the secrets that no output may show. */
export const OWN = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'own-secret-wJalrXUtnFEMI-K7MDENG',
};
export const SECRET = 'session-secret-bPxRfiCYEXAMPLEKEY';
export const SESSION_TOKEN = 'session-token-IQoJb3JpZ2luX2VjEXAMPLE';

/** An endpoint of AWS that knows which account is asked, records each call, and answers as configured. */
export class AwsAccounts {
  readonly calls: Pick<AwsCall, 'action' | 'account'>[] = [];
  /** Is asked first: what goes wrong. */
  fault: Answering = () => undefined;
  readonly #keys = new Map<string, string>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** @param own the account of {@link OWN} */
  static async start(own: string, answer: Answering): Promise<AwsAccounts> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accounts = new AwsAccounts(`http://127.0.0.1:${portOf(server)}`, server);
    accounts.#keys.set(OWN.accessKeyId, own);
    server.on('request', (request, response) => {
      void accounts.#answerTo(request, answer).then(
        (given) => {
          if (given === 'hang') return;
          response.writeHead(given.status).end(given.body);
        },
        // Who asked may be gone, and what stands behind this may have stopped.
        () => response.destroy(),
      );
    });
    return accounts;
  }

  async #answerTo(request: IncomingMessage, answer: Answering): Promise<AwsAnswer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const call = { ...this.#callOf(request, body), request, body };
    this.calls.push({ action: call.action, account: call.account });
    const given = (await this.fault(call)) ?? (await answer(call)) ?? failure(400, 'InvalidAction');
    if (call.action === 'sts:AssumeRole' && given !== 'hang') this.#remember(call, given.body);
    return given;
  }

  #callOf(request: IncomingMessage, body: string): Pick<AwsCall, 'action' | 'account' | 'input'> {
    const [, key = '', service = ''] =
      /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const account = this.#keys.get(key) ?? '000000000000';
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      const input = JSON.parse(body) as Record<string, string>;
      return { action: `${service}:${target.split('.')[1] ?? ''}`, account, input };
    }
    const input = Object.fromEntries(new URLSearchParams(body));
    return { action: `${service}:${input['Action'] ?? ''}`, account, input };
  }

  /** Credentials that were given belong to the account of the role. */
  #remember({ input }: Pick<AwsCall, 'input'>, body: string): void {
    const key = /<AccessKeyId>([^<]+)/.exec(body)?.[1];
    const account = /::(\d{12}):/.exec(input['RoleArn'] ?? '')?.[1];
    if (key !== undefined && account !== undefined) this.#keys.set(key, account);
  }

  /** From here on, a key belongs to that account. */
  knows(key: string, account: string): void {
    this.#keys.set(key, account);
  }

  /** The environment of a program that asks it; what SDKs look for elsewhere is not found. */
  environment(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: OWN.accessKeyId,
      AWS_SECRET_ACCESS_KEY: OWN.secretAccessKey,
      AWS_SESSION_TOKEN: '',
      AWS_REGION: 'eu-west-1',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_MAX_ATTEMPTS: '2',
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export function failure(status: number, code: string, message = `${code}.`): AwsAnswer {
  return {
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

/** An error as Organizations has it, whose API speaks JSON. */
export function jsonFailure(code: string, Message = `${code}.`): AwsAnswer {
  return { status: 400, body: JSON.stringify({ __type: code, Message }) };
}
