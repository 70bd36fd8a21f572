import type { RoleAccess } from '../../src/access/access-of.ts';
import type { Grant } from '../../src/access/grant.ts';
import { limitInWords } from '../../src/access/words.ts';
import type { Who } from './policies.ts';

const ID_OF: Readonly<Record<string, string>> = { 'acme/web': '20', 'acme/api': '21' };

/** Whether the grants that the program computes are those that a verdict names. */
export function agrees(who: Who, { grants, undetermined }: RoleAccess): boolean {
  const isOpen = undetermined.some(({ kind }) => kind !== 'other-issuer');
  switch (who.kind) {
    case 'nobody':
      return grants.length === 0 && !isOpen;
    case 'undetermined':
      return grants.length === 0 && undetermined.length > 0;
    case 'instance':
    case 'anyone':
      return !isOpen && grants.some((one) => one.who.kind === 'any' && one.who.ids.length === 0);
    case 'group':
      return !isOpen && grants.length > 0 && grants.every((one) => isOfGroup(one, who.group));
    case 'registrable':
      return !isOpen && grants.some(isRegistrable);
    case 'projects':
      return !isOpen && sorted(grants.flatMap(named)) === sorted(wanted(who.projects));
  }
}

function isOfGroup({ who, limits }: Grant, group: string): boolean {
  return group === 'namespace 7'
    ? limits.some((one) => one.on === 'claim' && one.claim === 'namespace_id')
    : `${who.path ?? ''}/`.startsWith(`${group}/`);
}

/** A wildcard in the top-level group, or in an id. */
function isRegistrable({ who }: Grant): boolean {
  const [top = ''] = (who.path ?? '').split('/');
  return /[*?]/.test(top) || who.ids.some((id) => /[*?]/.test(id));
}

/** A line for each project and ref; a project by its id where that is pinned. */
function named({ who, refs, limits }: Grant): string[] {
  const projects = who.idPinned ? who.ids : [who.path ?? ''];
  const limit = limits.find((one) => one.on === 'claim' && one.claim === 'ref');
  // A limit on the ref narrows `branch *`: "ref main in any letter case".
  const names = limit ? [limitInWords(limit).replace(/^ref /, '')] : undefined;
  return projects.flatMap((one) =>
    refs.flatMap(({ type, name }) => (names ?? [name]).map((ref) => `${one} ${type} ${ref}`)),
  );
}

/** The same of a verdict: by path and by id, since the program names what the policy pins. */
function wanted(
  projects: readonly { readonly project: string; readonly refs: readonly string[] }[],
): string[] {
  return projects.flatMap(({ project, refs }) => refs.map((ref) => `${project} ${ref}`));
}

function sorted(lines: readonly string[]): string {
  const byId = lines.map((line) => {
    const [project = '', ...ref] = line.split(' ');
    return [ID_OF[project] ?? project, ...ref].join(' ');
  });
  return [...new Set(byId)].sort().join('\n');
}
