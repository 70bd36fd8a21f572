import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Document } from 'yaml';
import { editAnswers } from '../../src/answers/edit/edit-answers.ts';
import type { Edit } from '../../src/answers/edit/edit.ts';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import type { Answers, Role } from '../../src/answers/schema.ts';
import { ANSWERS_FILE } from '../../src/answers/file-names.ts';
import { answersText } from '../../src/answers/write.ts';
import { ProblemError } from '../../src/text/problem.ts';
import { changedLines } from '../support/tools/changed-lines.ts';
import { goldenFolder, GOLDENS } from '../support/builders/goldens.ts';
import { hostileAnswers } from '../support/builders/hostile-answers.ts';
import { refName } from '../support/builders/hostile.ts';
import { runs } from '../support/tools/runs.ts';

const read = (text: string) => readAnswersText(text, ANSWERS_FILE).draft;
const answersOf = (text: string) => completeAnswers(read(text));

/** Ways in which people, editors and other programs write one and the same file. */
const STYLES: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'without a line end at its end': (text) => text.trimEnd(),
  'with a comment on every line': (text) => text.replace(/$(?<=[^\n])/gm, ' # why'),
  'with comments and blank lines between': (text) => text.replace(/^( *)(?=\S)/gm, '\n$1# why\n$1'),
  'with trailing spaces': (text) => text.replaceAll('\n', '  \n'),
  'indented by four': (text) => new Document(read(text)).toString({ indent: 4 }),
  'lists not indented': (text) => new Document(read(text)).toString({ indentSeq: false }),
  'all quoted': (text) => new Document(read(text)).toString({ defaultStringType: 'QUOTE_SINGLE' }),
  'as JSON': (text) => JSON.stringify(read(text), null, 2),
  'as JSON in one line': (text) => JSON.stringify(read(text)),
  'with a marker at either end': (text) => `---\n${text}...\n# the end\n`,
};

/** Edits that have something to do; what they add is new. */
function edits({ roles }: Answers, branch: string): Edit[] {
  const role = (name: string): Role => ({
    name,
    projects: [{ path: 'new/project', id: 7 }],
    refs: { branches: [branch, '*'] },
    permissions: { managed_policies: ['ReadOnlyAccess'] },
  });
  return [
    { verb: 'add', kind: 'role', role: role('new-role') },
    ...roles.flatMap(({ name }): Edit[] => [
      {
        verb: 'add',
        kind: 'project',
        path: 'new/project',
        id: 7,
        role: name,
        branches: [],
        tags: [],
      },
      { verb: 'add', kind: 'branch', name: branch, role: name },
      { verb: 'add', kind: 'tag', name: branch, role: name },
      { verb: 'add', kind: 'policy', policy: 'SecurityAudit', role: name },
      {
        verb: 'add',
        kind: 'policy',
        policy: 'AdministratorAccess',
        role: name,
        acceptAdministrator: true,
      },
    ]),
  ];
}

/** The edit that takes it back. */
function opposite(edit: Edit): Edit | undefined {
  if (edit.verb === 'remove') return undefined;
  if (edit.kind === 'role')
    return { verb: 'remove', kind: 'role', name: String(edit.role['name']) };
  if (edit.kind === 'policy' && edit.acceptAdministrator) return undefined;
  return { ...edit, verb: 'remove' };
}

function check(text: string, branch: string): number {
  let done = 0;
  for (const edit of edits(answersOf(text), branch)) {
    let after;
    try {
      after = editAnswers(text, edit);
    } catch (error) {
      if (error instanceof ProblemError && /as \*|already/.test(error.message)) continue;
      throw error;
    }
    done++;
    const back = opposite(edit);
    // A list in brackets is one line that becomes another.
    if (back) expect(changedLines(text, after).before.length).toBeLessThanOrEqual(1);
    const crlf = text.includes('\r\n');
    expect(/(?<!\r)\n/.test(after)).toBe(!crlf && text.includes('\n'));
    if (back && isComplete(after))
      expect({ edit, text: editAnswers(after, back) }).toEqual({ edit, text });
  }
  return done;
}

/** An instance may ask more of a role or project than the edit gave it. */
function isComplete(text: string): boolean {
  try {
    answersOf(text);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

describe.each(Object.entries(STYLES))('a file %s', (_, style) => {
  test.each(GOLDENS)('%s: each addition can be taken back to the byte', (name) => {
    const golden = readFileSync(join(goldenFolder(name), ANSWERS_FILE), 'utf8');
    const text = style(golden);
    expect(read(text)).toEqual(read(golden));
    expect(check(text, 'dev')).toBeGreaterThanOrEqual(6);
  });
});

/** Everything that can be removed from answers, where something of its kind remains. */
function removals({ roles }: Answers): Edit[] {
  return roles.flatMap(({ name, projects = [], refs, permissions }): Edit[] => [
    ...(roles.length > 1 ? [{ verb: 'remove', kind: 'role', name } as const] : []),
    ...(projects.length > 1 ? projects : []).map(
      ({ path }) => ({ verb: 'remove', kind: 'project', path, role: name }) as const,
    ),
    ...(refs.tags ?? []).map(
      (tag) => ({ verb: 'remove', kind: 'tag', name: tag, role: name }) as const,
    ),
    ...(permissions.managed_policies ?? []).map(
      (policy) => ({ verb: 'remove', kind: 'policy', policy, role: name }) as const,
    ),
  ]);
}

test.each(Object.entries(STYLES))('a removal from a file %s leaves the other lines', (_, style) => {
  const done = ['many-projects', 'plan-and-apply', 'self-managed'].flatMap((name) => {
    const text = style(readFileSync(join(goldenFolder(name), ANSWERS_FILE), 'utf8'));
    return removals(answersOf(text)).flatMap((edit) => {
      try {
        const after = editAnswers(text, edit);
        expect(changedLines(text, after).after.length).toBeLessThanOrEqual(1);
        expect(after.length).toBeLessThan(text.length);
        return [edit.kind];
      } catch (error) {
        if (error instanceof ProblemError && error.message.includes('as *')) return [];
        throw error;
      }
    });
  });
  expect(done.length).toBeGreaterThan(20);
  expect([...new Set(done)].sort()).toEqual(['policy', 'project', 'role', 'tag']);
});

test.each(Object.entries(STYLES))('%s, a name keeps the white space of its own', (_, style) => {
  const golden = readFileSync(join(goldenFolder('quickstart'), ANSWERS_FILE), 'utf8');
  for (const name of ['\u00a0a', 'a\u00a0', '\u0085a', '\u00ad']) {
    expect(check(style(golden), name)).toBeGreaterThan(0);
  }
});

test('whatever the names are, an addition can be taken back to the byte', () => {
  fc.assert(
    fc.property(
      hostileAnswers(2, 2).map(answersText),
      fc
        .constantFrom(...Object.values(STYLES))
        .filter((style) => style !== STYLES['with a comment on every line']),
      refName('branch'),
      (text, style, branch) => {
        check(style(text), branch);
      },
    ),
    { numRuns: runs(20) },
  );
});
