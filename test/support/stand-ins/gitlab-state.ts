import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { portOf } from '../tools/port-of.ts';

/** A user as Terraform signs in: a Developer reads states, a Maintainer also locks and writes them. */
export interface StateUser {
  readonly name: string;
  readonly token: string;
  readonly maintains: boolean;
}

interface Stored {
  readonly text: string | undefined;
  readonly lock: string | undefined;
}

interface Request {
  readonly method: string;
  readonly address: URL;
  readonly user: StateUser | undefined;
  readonly body: string;
}

type Answer = readonly [status: number, body?: string];

const EMPTY: Stored = { text: undefined, lock: undefined };

/**
 * GitLab's API for states of Terraform, of one project.
 *
 * @see https://docs.gitlab.com/user/infrastructure/iac/terraform_state/
 */
export class GitlabState {
  readonly url: string;
  readonly #states = new Map<string, Stored>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly project: string,
    private readonly users: readonly StateUser[],
  ) {
    this.url = `http://127.0.0.1:${portOf(server)}`;
    server.on('request', (request, response) => {
      void textOf(request).then((body) => {
        const address = new URL(request.url ?? '/', this.url);
        const user = this.#userOf(request.headers.authorization ?? '');
        const [status, text] = this.#answer({ method: request.method ?? '', address, user, body });
        response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      });
    });
  }

  static async start(project: string, users: readonly StateUser[]): Promise<GitlabState> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new GitlabState(server, project, users);
  }

  /** The names of the states that it keeps. */
  get names(): string[] {
    return [...this.#states].flatMap(([name, { text }]) => (text === undefined ? [] : [name]));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #userOf(authorization: string): StateUser | undefined {
    const [, basic = ''] = /^Basic (.*)$/.exec(authorization) ?? [];
    const given = Buffer.from(basic, 'base64').toString();
    return this.users.find(({ name, token }) => given === `${name}:${token}`);
  }

  #answer({ method, address, user, body }: Request): Answer {
    const root = `/api/v4/projects/${encodeURIComponent(this.project)}/terraform/state/`;
    const [, name, isLock] = /^([A-Za-z0-9_-]+)(\/lock)?$/.exec(
      address.pathname.slice(root.length),
    ) ?? [undefined, undefined];
    if (!address.pathname.startsWith(root) || name === undefined) return [404];
    if (!user) return [401];
    const state = this.#states.get(name) ?? EMPTY;
    if (method === 'GET' && !isLock) return state.text === undefined ? [204] : [200, state.text];
    if (!user.maintains) return [403];
    return isLock
      ? this.#locked(name, state, method, body)
      : this.#written(name, state, body, address);
  }

  #locked(name: string, state: Stored, method: string, body: string): Answer {
    if (method === 'DELETE') {
      this.#states.set(name, { ...state, lock: undefined });
      return [200];
    }
    if (state.lock !== undefined) return [423, state.lock];
    this.#states.set(name, { ...state, lock: body });
    return [200];
  }

  #written(name: string, state: Stored, body: string, { searchParams }: URL): Answer {
    const { ID: holder } = JSON.parse(state.lock ?? '{}') as { readonly ID?: string };
    if (holder !== undefined && searchParams.get('ID') !== holder) return [409];
    this.#states.set(name, { ...state, text: body });
    return [200];
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
