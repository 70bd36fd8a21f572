import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  brokenLinks,
  documentedRuns,
  runAsWritten,
  updatePage,
} from '../support/builders/documented-runs.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const GUIDES = readdirSync('docs/guides').map((name) => `docs/guides/${name}`);
const PAGES = readdirSync('docs').filter((name) => name.endsWith('.md'));
const scratchFolder = scratchFolders();

test.each([...GUIDES, ...PAGES.map((name) => `docs/${name}`), 'CONTRIBUTING.md', 'SECURITY.md'])(
  '%s has no link that leads nowhere',
  (page) => {
    expect(brokenLinks(page)).toEqual([]);
  },
);

describe.each(GUIDES)('%s', (page) => {
  test('prints what it says, run from its beginning in an empty folder', () => {
    const folder = scratchFolder();
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(PROGRAM, join(bin, 'create-gitlab-aws-oidc'));
    const environment = { PATH: [bin, process.env['PATH']].join(delimiter) };
    const results = documentedRuns(page).map(({ command }) =>
      runAsWritten(command, folder, environment),
    );
    updatePage(
      page,
      results.map(({ printed }) => printed),
    );
    expect(results.map(({ complaint }) => complaint)).toEqual(results.map(() => ''));
    documentedRuns(page).forEach(({ printed }, i) => {
      if (printed !== undefined) expect(results[i]?.printed).toBe(printed);
    });
  });
});
