import { run } from './run.ts';
import { adminEnvironment } from './administrator.ts';

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
    const { Roles: listed } = await this.#iam<{ Roles: ListedRole[] }>('list-roles');
    if (listed.length === 0) return [];
    const { RoleDetailList: details } = await this.#iam<{ RoleDetailList: RoleDetail[] }>(
      'get-account-authorization-details',
      '--filter',
      'Role',
    );
    return details
      .map((role): IamRole => {
        const more = listed.find(({ RoleName }) => RoleName === role.RoleName);
        return {
          name: role.RoleName,
          path: role.Path,
          description: more?.Description,
          sessionDuration: more?.MaxSessionDuration ?? NaN,
          trustPolicy: role.AssumeRolePolicyDocument,
          managedPolicies: role.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn).sort(),
          inlinePolicies: Object.fromEntries(
            role.RolePolicyList.map(({ PolicyName, PolicyDocument }) => [
              PolicyName,
              PolicyDocument,
            ]),
          ),
          permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
          tags: Object.fromEntries((role.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Trust policies that may hold a `%`, by role: of moto's answers only that to get-role encodes it as AWS does. */
  async trustPolicies(): Promise<ReadonlyMap<string, unknown>> {
    const { Roles: listed } = await this.#iam<{ Roles: ListedRole[] }>('list-roles');
    const found = new Map<string, unknown>();
    for (const { RoleName } of listed) {
      const { Role: role } = await this.#iam<{
        Role: Pick<RoleDetail, 'AssumeRolePolicyDocument'>;
      }>('get-role', '--role-name', RoleName);
      found.set(RoleName, role.AssumeRolePolicyDocument);
    }
    return found;
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
    const asked = ['iam', ...args, '--output', 'json'];
    const answer = await run('aws', asked, '.', adminEnvironment(this.aws, this.region));
    return JSON.parse(answer) as Answer;
  }
}

interface ListedRole {
  readonly RoleName: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
}

interface RoleDetail {
  readonly RoleName: string;
  readonly Path: string;
  readonly AssumeRolePolicyDocument: unknown;
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
