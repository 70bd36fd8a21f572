import type { GrantTerms } from '../../access/grant.ts';
import { type Ref } from '../../gitlab/ref.ts';
import { isProtected } from '../../lint/width.ts';

/** A project or group that a trust names, as far as GitLab can be asked about it. */
export interface TrustedSubject {
  readonly kind: 'project' | 'group';
  /** At least one of path and ids is there. */
  readonly path?: string;
  /** Ids of projects of which one must be the token's. */
  readonly ids: readonly number[];
}

/** What a grant names: none where it names neither a path nor an id in full. */
export function subjectsOf({ who }: GrantTerms): readonly TrustedSubject[] {
  const { kind, path, ids, idPinned } = who;
  const exact = idPinned ? ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number) : [];
  if (kind === 'project' && path !== undefined) return [{ kind, path, ids: exact }];
  if (kind === 'project') return exact.map((id) => ({ kind, ids: [id] }));
  const group = kind === 'pattern' ? groupOfPattern(path ?? '') : path;
  return group === undefined ? [] : [{ kind: 'group', path: group, ids: [] }];
}

/** `acme/web` of `acme/web/app-*`: the group that all projects of a pattern are in. */
function groupOfPattern(pattern: string): string | undefined {
  return /^([^*?]+)\/[^/]*[*?]/.exec(pattern)?.[1];
}

/** The same text for the same subject. */
export function keyOfSubject({ kind, path = '', ids }: TrustedSubject): string {
  return `${kind} ${path} ${ids.join()}`;
}

/** Whether an id that must be in the token keeps every other project or group out. */
export function isPinned({ who, limits }: GrantTerms): boolean {
  return (
    who.idPinned ||
    limits.some(
      (limit) =>
        limit.on === 'claim' &&
        limit.claim === 'namespace_id' &&
        limit.values.kind === 'tests' &&
        limit.values.any !== 'all' &&
        limit.values.any.every(({ operator }) => operator === 'StringEquals'),
    )
  );
}

/**
 * The refs whose protection decides who may use a grant. A trust in any ref at all leaves out nothing, and a trust that demands a
 * protected ref needs no help.
 */
export function refsToLookAt(grant: GrantTerms): readonly Ref[] {
  return isProtected(grant) ? [] : grant.refs.filter(({ name }) => !/^\*+$/.test(name));
}

export function keyOfRef({ type, name }: Ref): string {
  return `${type} ${name}`;
}
