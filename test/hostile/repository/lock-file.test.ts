import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { readLock } from '../../../src/repository/lock.ts';
import { isRepositoryPath } from '../../../src/workspace/repository-path.ts';
import { HostileRepository } from '../../support/builders/hostile-repository.ts';
import { filesIn } from '../../support/builders/goldens.ts';
import { runs } from '../../support/tools/runs.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** The id of an empty file. */
const EMPTY = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

describe('a lock file that names', () => {
  test.each([
    ['gitlab-aws-oidc.yaml', 'is not a generated file'],
    ['gitlab-aws-oidc.lock.json', 'is not a generated file'],
    ['GitLab-AWS-OIDC.yaml', 'has the name of another file, but for its case'],
    ['readme.md', 'has the name of another file, but for its case'],
    ['Terraform/roles.tf', 'has the name of another file, but for its case'],
    ['../outside/empty', 'is not the path of a generated file'],
    ['/etc/passwd', 'is not the path of a generated file'],
    ['.git/config', 'is not the path of a generated file'],
    ['.GIT/config', 'is not the path of a generated file'],
    ['.git./config', 'is not the path of a generated file'],
    ['git~1/config', 'is not the path of a generated file'],
    ['.g\u200cit/config', 'is not the path of a generated file'],
    ['a\0b', 'is not the path of a generated file'],
    ['a\u001b[2Jb', 'is not the path of a generated file'],
    ['terraform//roles.tf', 'is not the path of a generated file'],
    ['./README.md', 'is not the path of a generated file'],
    ['', 'is not the path of a generated file'],
    ['C:\\Windows\\win.ini', 'is not the path of a generated file'],
    ['nul', 'is not the path of a generated file'],
    ['terraform/COM1.tf', 'is not the path of a generated file'],
    ['a'.repeat(2000), 'is not the path of a generated file'],
  ])('%j is refused, and nothing is removed', async (path, reason) => {
    const hostile = new HostileRepository(scratchFolder());
    const entry = `"files": { ${JSON.stringify(path)}: "${EMPTY}",`;
    hostile.repository.edit('gitlab-aws-oidc.lock.json', '"files": {', entry);
    const before = filesIn(hostile.folder);
    const { exitCode, stderr } = await hostile.run('update');
    expect(stderr).toMatch(
      /^error .*gitlab-aws-oidc\.lock\.json\n {2}It does not say what was generated last: "/,
    );
    expect(stderr).toContain(`" ${reason}.`);
    expect(exitCode).toBe(2);
    expect(filesIn(hostile.folder)).toEqual(before);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });

  test('the answers with the id that they have does not remove them', async () => {
    const hostile = new HostileRepository(scratchFolder());
    hostile.repository.write(
      'gitlab-aws-oidc.lock.json',
      lockOf({ 'gitlab-aws-oidc.yaml': EMPTY }),
    );
    expect((await hostile.run('update')).exitCode).toBe(2);
    expect(hostile.repository.read('gitlab-aws-oidc.yaml')).toContain('- release');
  });
});

function lockOf(files: unknown): string {
  return JSON.stringify({ lock: 1, generator: '1', files, answers: {} });
}

test.each([
  '',
  'null',
  '[]',
  '{"lock":1}',
  '{"lock":2,"generator":"","files":{},"answers":{}}',
  lockOf(['x']),
  lockOf({ a: 1 }),
  lockOf({ a: 'x' }),
  lockOf(null),
  '['.repeat(100_000),
])('a lock file that is not one is refused (%#)', (text) => {
  expect(() => readLock(text, 'the lock file')).toThrow(
    /^the lock file: it does not say what was generated last: /,
  );
});

test('a path that is believed is inside of the repository on every system, and not of git', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', '.git', '.GIT', '.git.', 'a', 'C:', '\\', '~', 'nul', 'aux.tf'),
    fc.string({ maxLength: 4 }),
  );
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, (candidate) => {
      if (!isRepositoryPath(candidate)) return;
      expect(posix.normalize(candidate)).toBe(candidate);
      expect(posix.resolve('/r', candidate).startsWith('/r/')).toBe(true);
      expect(win32.resolve('C:\\r', candidate).startsWith('C:\\r\\')).toBe(true);
      expect(candidate.toLowerCase().split('/')).not.toContain('.git');
      expect(candidate).not.toMatch(/(^|\/)(nul|aux)(\.|\/|$)/i);
    }),
    { numRuns: runs(2000) },
  );
});
