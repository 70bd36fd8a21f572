import type { Answers, Role } from '../answers/schema.ts';
import { managedPolicyName } from '../iam/arn.ts';
import { givenPacks } from '../permissions/packs.ts';
import type { Notice } from './blueprint.ts';

/** Makes a notice about an answer of one role. */
export type NoticeAt = (key: string, text: string) => Notice;

/** Managed policies of AWS that list resources without reading their data. */
const NO_DATA: readonly string[] = ['job-function/ViewOnlyAccess'];

/** What a person should know about a role's permissions: what any branch could read, and what else a prefix matches. */
export function permissionNotices(role: Role, at: NoticeAt): Notice[] {
  const given = givenPacks(role.permissions);
  return [
    ...anyBranch(role, at),
    ...given.flatMap(({ key, pack, options }) =>
      (pack.notices?.(options) ?? []).map(({ where, text }) =>
        at(`permissions.${key}.${where}`, text),
      ),
    ),
  ];
}

function anyBranch({ refs, permissions }: Role, at: NoticeAt): Notice[] {
  if (refs.protected_only || !refs.branches?.some((name) => /^\*+$/.test(name))) return [];
  const managed = (permissions.managed_policies ?? []).map(managedPolicyName);
  const data = [
    ...givenPacks(permissions).flatMap(({ pack, options }) => pack.data(options)),
    ...(permissions.inline_policies ?? []).map(
      ({ name }) => `what the inline policy ${name} allows`,
    ),
    ...managed
      .filter((name) => !NO_DATA.includes(name))
      .map((name) => `what the managed policy ${name} allows`),
  ];
  if (data.length === 0) return [];
  return [at('refs.branches', `anyone who can push a branch can read or use: ${data.join('; ')}`)];
}

/** Without the account, the ARNs of packs match resources of every account. */
export function anyAccount({ aws, roles }: Answers): Notice[] {
  const limited = roles.some(({ permissions }) => givenPacks(permissions).length > 0);
  if (aws.account_id !== undefined || !limited) return [];
  return [
    {
      where: 'aws.account_id',
      text: 'not set, so the permissions cover matching resources in every account; set it to limit them to one',
    },
  ];
}
