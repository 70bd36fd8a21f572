import { describe, expect, test } from '@jest/globals';
import { grantsOfPolicy } from '../../src/blueprint/grants-of-policy.ts';
import { accessTable } from '../../src/commands/explain/formats.ts';
import { readRoleInputs } from '../../src/repository/policy-inputs.ts';
import { committedFiles, goldenFolder, GOLDENS } from '../support/builders/goldens.ts';

describe.each(GOLDENS)('explain on %s', (name) => {
  test('says what its README says', async () => {
    const { blueprint } = await readRoleInputs([goldenFolder(name)]);
    const access = (blueprint?.stacks[0].roles ?? []).map(({ name: role, grants }) => ({
      role,
      grants,
    }));
    const told = rows(accessTable('markdown', access));
    const readme = rows(committedFiles(name).get('README.md') ?? '').slice(0, told.length);
    expect(told.map((row) => row.slice(0, 3))).toEqual(readme.map((row) => row.slice(0, 3)));
    expect(told.length).toBeGreaterThan(2);
  });

  test('reads the same from the trust policies alone, but for what only the answers know', async () => {
    const { blueprint, inventory, facts } = await readRoleInputs([goldenFolder(name)]);
    inventory.roles.forEach(({ trust }, index) => {
      const fromPolicy = grantsOfPolicy(trust, facts.issuers);
      const decided = blueprint?.stacks[0].roles[index]?.grants ?? [];
      const comparable = decided.map(({ idPinned, namespaceId, components, ...grant }) => ({
        ...grant,
        // A subject that begins with the id does not hold the path.
        path: name === 'project-id-subject' ? `project ${grant.id ?? ''}` : grant.path,
      }));
      expect(fromPolicy).toEqual(comparable);
    });
  });
});

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
