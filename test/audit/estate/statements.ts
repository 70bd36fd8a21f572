import { providerArn, roleArn, type RoleSpec } from './dump.ts';

export const ACME = 'gitlab.acme.example';
export const COM = 'gitlab.com';

export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: object,
) => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });

export const deny = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: object,
) => ({ Effect: 'Deny', Action, Resource, ...(Condition && { Condition }) });

/** Trusts the tokens of a host under conditions. */
export function federated(account: string, host: string, Condition: object): object {
  return {
    Effect: 'Allow',
    Principal: { Federated: providerArn(account, host) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  };
}

/** One project of the self-managed instance by its id, which the subject begins with. */
export function project(account: string, id: number, ref = 'main', type = 'branch'): object {
  return federated(account, ACME, {
    StringEquals: {
      [`${ACME}:aud`]: `https://${ACME}`,
      [`${ACME}:sub`]: `project_id:${id}:ref_type:${type}:ref:${ref}`,
    },
  });
}

/** Some subjects of the self-managed instance by a pattern. */
export function like(account: string, sub: string): object {
  return federated(account, ACME, {
    StringEquals: { [`${ACME}:aud`]: `https://${ACME}` },
    StringLike: { [`${ACME}:sub`]: sub },
  });
}

/** One project of gitlab.com, with its id. */
export function comProject(
  account: string,
  path: string,
  id: number,
  aud = `https://${COM}`,
): object {
  return federated(account, COM, {
    StringEquals: {
      [`${COM}:aud`]: aud,
      [`${COM}:sub`]: `project_path:${path}:ref_type:branch:ref:main`,
      [`${COM}:project_id`]: String(id),
    },
  });
}

/** Trusts a principal of AWS: an account, a role, or everyone. */
export function trusts(AWS: string | readonly string[], Condition?: object): object {
  return {
    Effect: 'Allow',
    Principal: { AWS },
    Action: 'sts:AssumeRole',
    ...(Condition && { Condition }),
  };
}

export const root = (account: string) => `arn:aws:iam::${account}:root`;

export function service(name: string): object {
  return {
    Effect: 'Allow',
    Principal: { Service: `${name}.amazonaws.com` },
    Action: 'sts:AssumeRole',
  };
}

/** Roles of services, people and tools, as every account has them; none has anything to do with GitLab. */
export function ordinary(account: string, number: number): RoleSpec[] {
  return Array.from({ length: number }, (_, at): RoleSpec => {
    const name = `ordinary-${at}`;
    switch (at % 4) {
      case 0:
        return {
          name,
          trust: [service('lambda')],
          permissions: [
            allow(['logs:CreateLogStream', 'logs:PutLogEvents']),
            allow(
              ['dynamodb:GetItem', 'dynamodb:PutItem'],
              `arn:aws:dynamodb:*:${account}:table/t${at}`,
            ),
          ],
        };
      case 1:
        return {
          name,
          trust: [service('ec2')],
          permissions: [allow('s3:GetObject', `arn:aws:s3:::app-${at}/*`)],
        };
      case 2:
        return {
          name,
          trust: [trusts(root(account), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
          managed: [ADMINISTRATOR],
          lastUsed: null,
        };
      default:
        return {
          name,
          trust: [trusts(roleArn(account, `ordinary-${at - 1}`))],
          permissions: [allow('ec2:Describe*')],
        };
    }
  });
}
