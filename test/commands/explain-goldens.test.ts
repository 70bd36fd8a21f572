import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { gitlabIssuers } from '../../src/access/gitlab-issuers.ts';
import type { Grant as AccessGrant } from '../../src/access/grant.ts';
import { trustOf } from '../../src/access/trust.ts';
import type { RoleGrant } from '../../src/blueprint/blueprint.ts';
import { accessTable } from '../../src/commands/explain/formats.ts';
import { readRoleInputs } from '../../src/repository/policy-inputs.ts';
import { committedFiles, goldenFolder, GOLDENS } from '../support/builders/goldens.ts';

describe.each(GOLDENS)('explain on %s', (name) => {
  test('the policies that will be deployed grant what the answers do, to the letter', async () => {
    const { blueprint, inventory, facts } = await readRoleInputs([goldenFolder(name)]);
    const isGitlab = gitlabIssuers([], facts.issuers);
    inventory.roles.forEach((role, index) => {
      const { grants, undetermined } = accessOf(trustOf(role), isGitlab);
      expect(undetermined).toEqual([]);
      const decided = blueprint?.stacks.flatMap(({ roles }) => roles)[index]?.grants ?? [];
      expect(grants.flatMap(ofPolicy).sort()).toEqual(decided.flatMap(ofAnswers).sort());
    });
  });

  test('the table names the projects and refs of the README', async () => {
    const { inventory, facts } = await readRoleInputs([goldenFolder(name)]);
    const isGitlab = gitlabIssuers([], facts.issuers);
    const tables = inventory.roles.map((role) => ({
      role: role.label,
      key: role.key,
      ...accessOf(trustOf(role), isGitlab),
    }));
    const printed = rows(accessTable('markdown', tables)).map(namesOf);
    const readme = rows(committedFiles(name).get('README.md') ?? '').map(namesOf);
    expect(printed.slice(2)).toEqual(expect.arrayContaining(name === BY_ID ? [] : readme.slice(2)));
    expect(printed.length).toBeGreaterThan(2);
  });
});

/** The golden whose subjects hold no path, which the README knows from the answers. */
const BY_ID = 'project-id-subject';

/** A line for each project and ref, of what a token must show. */
function ofPolicy({ who, refs, limits, subjectForm }: AccessGrant): string[] {
  const namespace = limits.flatMap((one) =>
    one.on === 'claim' && one.values.kind === 'tests' && one.values.any !== 'all'
      ? one.values.any.map(({ value }) => value)
      : [],
  );
  const isProtected = limits.some((one) => one.on === 'protected' && one.is);
  const path = subjectForm.includes('project_path') ? (who.path ?? '') : '';
  return refs.map((ref) =>
    [
      who.kind,
      path,
      who.ids.join(),
      ref.type,
      ref.name,
      subjectForm.join(),
      isProtected,
      namespace.join(),
    ].join(' '),
  );
}

function ofAnswers({
  kind,
  path,
  id,
  idPinned,
  refs,
  limits,
  components,
  namespaceId,
}: RoleGrant): string[] {
  const pinned = idPinned && id !== undefined ? String(id) : '';
  const isProtected = limits.some((limit) => limit.on === 'protected' && limit.is);
  return refs.map((ref) =>
    [
      kind,
      components.includes('project_path') ? path : '',
      pinned,
      ref.type,
      ref.name,
      components.join(),
      isProtected,
      namespaceId ?? '',
    ].join(' '),
  );
}

/** Who, refs without limits, and role. */
function namesOf([who = '', refs = '', role = '']: readonly string[]): string {
  // explain names the account in front of the role; the README has a column for it.
  return [who, refs.replaceAll(/ \([^)]*\)|, [^<]*/g, ''), role.replace(/^`[^/]*\//, '`')].join(
    ' ',
  );
}

/** The rows of the first table of a page, as cells. */
function rows(markdown: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return lines.slice(start, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
