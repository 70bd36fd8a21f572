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
  readonly grants: readonly Row[];
  readonly permissions?: readonly string[];
}

/** Who may assume what, as a Markdown table. */
export function accessMarkdown(access: readonly Access[]): string {
  return accessTableMd({
    may: access.some(({ permissions }) => permissions !== undefined),
    rows: access.flatMap(({ role, grants, permissions }) =>
      grants.map((grant) => ({
        isGroup: grant.kind === 'group',
        path: grant.path,
        id: grant.id === undefined ? undefined : String(grant.id),
        refs: refsInWords(grant),
        role,
        permissions: permissions?.length === 0 ? ['no permissions yet'] : permissions,
      })),
    ),
  });
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
    edges: access.flatMap(({ role, grants }) =>
      grants.map((grant) => ({
        from: node(`${grant.kind} ${grant.path}`, 'project'),
        who: grant.kind === 'group' ? `every project in ${grant.path}` : grant.path,
        refs: refsInWords(grant).join(', '),
        to: node(`role ${role}`, 'role'),
        role,
      })),
    ),
  });
}

function refsInWords({ refs, limits }: Row): string[] {
  const suffix = limits.length > 0 ? ` (${limits.join(', ')})` : '';
  return refs.map((ref) => `${describeRef(ref)}${suffix}`);
}
