import type { Limit } from '../access/grant.ts';
import { limitInWords } from '../access/words.ts';
import accessTableMd from '../../templates/readme/access-table.md.hbs';
import accessMermaidText from '../../templates/readme/access.mermaid.hbs';
import type { GrantSummary } from '../blueprint/blueprint.ts';
import { describeRef } from '../gitlab/ref.ts';

/** One line of the table. */
export interface Row extends Pick<GrantSummary, 'kind' | 'path' | 'id' | 'refs'> {
  /** What else a token must show, in words. */
  readonly limits: readonly string[];
}

/** A role with who may assume it and, where known, what it may do. */
export interface Access {
  readonly role: string;
  /** The accounts in which this holds, in words, where there are several. */
  readonly accounts?: string | undefined;
  readonly grants: readonly Row[];
  readonly permissions?: readonly string[];
}

/** The lines for a role of the blueprint; grants that share their limits share the words for them. */
export function rowsOf({ grants }: { readonly grants: readonly GrantSummary[] }): Row[] {
  const words = new Map<readonly Limit[], readonly string[]>();
  return grants.map(({ kind, path, id, refs, limits }) => {
    const inWords = words.get(limits) ?? limits.map(limitInWords);
    words.set(limits, inWords);
    return { kind, path, id, refs, limits: inWords };
  });
}

/** Who may assume what, as a Markdown table. */
export function accessMarkdown(access: readonly Access[]): string {
  return accessTableMd({
    inAccounts: access.some(({ accounts }) => accounts !== undefined),
    may: access.some(({ permissions }) => permissions !== undefined),
    rows: access.some(({ grants }) => grants.length > 0) && {
      [Symbol.iterator]: () => lines(access),
    },
  });
}

/** The lines of the table, one after the other: there may be a hundred thousand. */
function* lines(access: readonly Access[]) {
  for (const { role, accounts, grants, permissions } of access) {
    for (const grant of grants) {
      yield {
        isGroup: grant.kind === 'group',
        path: grant.path,
        id: grant.id === undefined ? undefined : String(grant.id),
        refs: refsInWords(grant),
        role,
        accounts,
        permissions: permissions?.length === 0 ? ['no permissions yet'] : permissions,
      };
    }
  }
}

/** Who may assume what, as a Mermaid diagram. */
export function accessMermaid(access: readonly Access[]): string {
  const nodes = new Map<string, string>();
  const node = (key: string, prefix: string) => {
    const id = nodes.get(key) ?? `${prefix}${nodes.size + 1}`;
    nodes.set(key, id);
    return id;
  };
  return accessMermaidText({
    edges: access.flatMap(({ role, accounts, grants }) =>
      grants.map((grant) => ({
        from: node(`${grant.kind} ${grant.path}`, 'project'),
        who: grant.kind === 'group' ? `every project in ${grant.path}` : grant.path,
        refs: refsInWords(grant).join(', '),
        to: node(`role ${role} ${accounts ?? ''}`, 'role'),
        role: accounts === undefined ? role : `${role}, ${accounts}`,
      })),
    ),
  });
}

function refsInWords({ refs, limits }: Row): string[] {
  const suffix = limits.length > 0 ? ` (${limits.join(', ')})` : '';
  return refs.map((ref) => `${describeRef(ref)}${suffix}`);
}
