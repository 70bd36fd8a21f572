import type { Limit } from '../../access/grant.ts';
import { canonical } from '../../compare/canonical.ts';
import { nameRef, type Ref } from '../../gitlab/ref.ts';
import type { RoleGrant } from '../blueprint.ts';
import { namespaceLimit } from '../trust.ts';

/** `acme/web (id 20) branch main and tags v*`, or `tags v* of every project in acme`. */
export function whoFrom(grant: RoleGrant, refs: readonly Ref[]): string {
  const from = listed(refs.map(nameRef));
  if (grant.kind === 'group') return `${from} of every project in ${grant.path}`;
  return `${grant.path}${grant.idPinned ? ` (id ${grant.id ?? ''})` : ''} ${from}`;
}

/** All that a token must show in addition to project and ref. */
export function limitsOf({ limits, namespaceId }: RoleGrant): Limit[] {
  const all = namespaceId === undefined ? limits : [namespaceLimit(namespaceId), ...limits];
  return [...new Map(all.map((limit) => [canonical(limit), limit])).values()];
}

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
