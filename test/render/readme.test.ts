import { expect, test } from '@jest/globals';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderReadme } from '../../src/render/readme.ts';
import { answers, role } from '../support/answers.ts';

/** The README for roles that so many projects each may assume. */
function readmeFor(roles: number, projects: number, branches = ['main']): string {
  const blueprint = blueprintOf(
    answers({
      aws: { region: 'eu-west-1', quotas: { trust_policy: 4096 } },
      roles: Array.from({ length: roles }, (_, r) =>
        role({
          name: `deploy-${r}`,
          projects: Array.from({ length: projects }, (_, p) => ({ path: `acme/web-${r}-${p}` })),
          refs: { branches },
        }),
      ),
    }),
  );
  return renderReadme(blueprint).get('README.md') ?? '';
}

const rows = (readme: string) => readme.match(/^\| `acme\//gm)?.length;
const arrows = (readme: string) => readme.match(/^ {2}project\d+\[.* --> role\d+/gm)?.length;

test('a hundred ways in are a table and a picture', () => {
  const readme = readmeFor(20, 5);
  expect(rows(readme)).toBe(100);
  expect(arrows(readme)).toBe(100);
});

test('of more there is the table alone: nobody reads such a picture, and Mermaid refuses one of over 500', () => {
  const readme = readmeFor(101, 1);
  expect(rows(readme)).toBe(101);
  expect(readme).not.toContain('mermaid');
});

test('so it is where the names are longer together than what Mermaid takes', () => {
  const names = Array.from({ length: 4 }, (_, n) => `${n}${'x'.repeat(250)}`);
  expect(readmeFor(40, 1, names)).toContain('```mermaid');
  expect(readmeFor(60, 1, names)).not.toContain('mermaid');
});
