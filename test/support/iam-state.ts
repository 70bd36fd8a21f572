import { run } from './run.ts';
import { ADMIN } from './deployment.ts';

/** A role as IAM has it. */
export interface IamRole {
  readonly name: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly sessionDuration: number;
  readonly trustPolicy: unknown;
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, unknown>>;
  readonly permissionsBoundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** An OIDC provider as IAM has it. */
export interface IamProvider {
  readonly url: string;
  readonly audiences: readonly string[];
  readonly thumbprints: readonly string[];
}

/** All roles and OIDC providers of an account, read with the AWS CLI; names sorted. */
export class IamState {
  /** @param aws URL of the stand-in for AWS */
  constructor(
    private readonly aws: string,
    private readonly region: string,
  ) {}

  async roles(): Promise<IamRole[]> {
    const { Roles: listed } = await this.#iam<{ Roles: { RoleName: string }[] }>('list-roles');
    if (listed.length === 0) return [];
    const { RoleDetailList: details } = await this.#iam<{ RoleDetailList: RoleDetail[] }>(
      'get-account-authorization-details',
      '--filter',
      'Role',
    );
    const roles = await Promise.all(details.map((detail) => this.#role(detail)));
    return roles.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The trust policy comes from get-role: of moto's answers that one alone encodes a `%` as AWS does. */
  async #role(detail: RoleDetail): Promise<IamRole> {
    const { Role: role } = await this.#iam<{ Role: Role }>(
      'get-role',
      '--role-name',
      detail.RoleName,
    );
    return {
      name: role.RoleName,
      path: role.Path,
      description: role.Description,
      sessionDuration: role.MaxSessionDuration,
      trustPolicy: role.AssumeRolePolicyDocument,
      managedPolicies: detail.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn).sort(),
      inlinePolicies: Object.fromEntries(
        detail.RolePolicyList.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]),
      ),
      permissionsBoundary: detail.PermissionsBoundary?.PermissionsBoundaryArn,
      tags: Object.fromEntries((detail.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    };
  }

  async providers(): Promise<IamProvider[]> {
    const { OpenIDConnectProviderList: list } = await this.#iam<{
      OpenIDConnectProviderList: { Arn: string }[];
    }>('list-open-id-connect-providers');
    return Promise.all(
      list.map(async ({ Arn }) => {
        const { Url, ClientIDList, ThumbprintList } = await this.#iam<Provider>(
          'get-open-id-connect-provider',
          '--open-id-connect-provider-arn',
          Arn,
        );
        return { url: Url, audiences: ClientIDList, thumbprints: ThumbprintList ?? [] };
      }),
    );
  }

  async #iam<Answer>(...args: string[]): Promise<Answer> {
    const answer = await run('aws', ['iam', ...args, '--output', 'json'], '.', {
      AWS_ENDPOINT_URL: this.aws,
      AWS_DEFAULT_REGION: this.region,
      AWS_ACCESS_KEY_ID: ADMIN.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ADMIN.secretAccessKey,
    });
    return JSON.parse(answer) as Answer;
  }
}

interface Role {
  readonly RoleName: string;
  readonly Path: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
  readonly AssumeRolePolicyDocument: unknown;
}

interface RoleDetail {
  readonly RoleName: string;
  readonly RolePolicyList: { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
  readonly AttachedManagedPolicies: { readonly PolicyArn: string }[];
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string };
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
}

interface Provider {
  readonly Url: string;
  readonly ClientIDList: string[];
  readonly ThumbprintList?: string[];
}
