import type { RoleKey } from '../../access/role-context.ts';
import { canonical } from '../../compare/canonical.ts';
import type { EstateProvider } from '../estate/providers.ts';
import type { EstateRole } from '../estate/estate-role.ts';
import type { AuditSighting } from './rule.ts';

export function onRole(
  { key, place }: EstateRole,
  path: string,
  message: string,
  about: unknown,
): AuditSighting {
  return { key, place, path, message, about: canonical(about) };
}

/** A provider stands in reports and settings as `account/oidc-provider/issuer`. */
function keyOfProvider({ owner, issuer }: EstateProvider): RoleKey {
  return { account: owner, name: `oidc-provider/${issuer}` };
}

export function onProvider(
  provider: EstateProvider,
  path: string,
  message: string,
  about: unknown,
): AuditSighting {
  const { file, path: at, line } = provider.place;
  return {
    key: keyOfProvider(provider),
    place: { file, path: at, ...(line !== undefined && { line }) },
    path,
    message,
    about: canonical(about),
  };
}

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
