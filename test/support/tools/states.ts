import { GitlabState, type StateUser } from '../stand-ins/gitlab-state.ts';
import type { MotoServer } from '../stand-ins/moto-server.ts';
import { adminEnvironment } from './administrator.ts';
import { run } from './run.ts';

export const STATE_KINDS = ['local', 's3', 'gitlab'] as const;
type StateKind = (typeof STATE_KINDS)[number];

export const BUCKET = 'my-states';
const PROJECT = 'mygroup/oidc';

/** How the answers say where the state is. */
export const STATE_ANSWERS: Readonly<Record<StateKind, string>> = {
  local: 'state:\n  backend: local\n',
  s3: `state:\n  backend: s3\n  bucket: ${BUCKET}\n  key: oidc/terraform.tfstate\n`,
  gitlab: 'state:\n  backend: gitlab\n  name: oidc\n',
};

/** Members of the project that keeps states in GitLab. */
export const MAINTAINER: StateUser = { name: 'ada', token: 'token-of-ada', maintains: true };
export const DEVELOPER: StateUser = { name: 'ben', token: 'token-of-ben', maintains: false };

/** Stand-ins for what keeps Terraform's states: a bucket, and GitLab. */
export class States {
  private constructor(
    private readonly kind: StateKind,
    private readonly aws: MotoServer,
    readonly gitlab: GitlabState,
  ) {}

  /** @param others IDs of the accounts that use the bucket, in addition to the one that it belongs to */
  static async start(kind: StateKind, aws: MotoServer, others: readonly string[]): Promise<States> {
    const states = new States(kind, aws, await GitlabState.start(PROJECT, [MAINTAINER, DEVELOPER]));
    if (kind === 's3') await states.#makeBucket(others);
    return states;
  }

  stop(): Promise<void> {
    return this.gitlab.stop();
  }

  /** What leads Terraform to them. */
  environment(user = MAINTAINER): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_S3: this.aws.url,
      AWS_ENDPOINT_URL_STS: this.aws.url,
      TF_HTTP_USERNAME: user.name,
      TF_HTTP_PASSWORD: user.token,
    };
  }

  /** The same for `terraform init`, where nothing but the host differs from what a configuration names. */
  initEnvironment(configuration: string): Record<string, string> {
    const addresses = configuration.matchAll(
      /^ *"?(\w*address)"?(?: +=|:) "https:\/\/gitlab\.com(.*)",?$/gm,
    );
    const settings =
      this.kind === 's3'
        ? ['use_path_style=true']
        : [...addresses].map(([, key = '', path = '']) => `${key}=${this.gitlab.url}${path}`);
    const args = settings.map((setting) => `-backend-config=${setting}`);
    return { TF_CLI_ARGS_init: args.join(' ') };
  }

  /** The keys of the states in the bucket. */
  async keys(): Promise<string[]> {
    const list = ['list-objects-v2', '--bucket', BUCKET, '--query', 'Contents[].Key'];
    return JSON.parse(await this.#s3(...list)) as string[];
  }

  async #makeBucket(others: readonly string[]): Promise<void> {
    const place = ['--create-bucket-configuration', 'LocationConstraint=eu-west-1'];
    await this.#s3('create-bucket', '--bucket', BUCKET, ...place);
    const Principal = { AWS: others.map((id) => `arn:aws:iam::${id}:root`) };
    const Resource = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`];
    const statement = { Effect: 'Allow', Principal, Action: 's3:*', Resource };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await this.#s3('put-bucket-policy', '--bucket', BUCKET, '--policy', policy);
  }

  #s3(...args: string[]): Promise<string> {
    return run('aws', ['s3api', ...args], '.', adminEnvironment(this.aws.url));
  }
}
