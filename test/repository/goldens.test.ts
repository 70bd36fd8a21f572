import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import prettier from 'prettier';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { answersText } from '../../src/answers/write.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderRepository } from '../../src/repository/render.ts';
import { LOCK_FILE, readLock } from '../../src/repository/lock.ts';
import { committedFiles, goldenFolder, GOLDENS } from '../support/builders/goldens.ts';

test.each(GOLDENS)('%s is, byte for byte, what follows from its own answers', (name) => {
  const committed = committedFiles(name);
  const text = committed.get('gitlab-aws-oidc.yaml') ?? '';
  const answers = completeAnswers(readAnswersText(text, name).draft);
  const rendered = renderRepository(blueprintOf(answers), answers, text);
  expect(Object.fromEntries([...rendered].sort())).toEqual(Object.fromEntries(committed));
});

test.each(GOLDENS)('the answers of %s, written again and read back, are the same', (name) => {
  const text = committedFiles(name).get('gitlab-aws-oidc.yaml') ?? '';
  const answers = completeAnswers(readAnswersText(text, name).draft);
  const written = answersText(answers);
  const again = completeAnswers(readAnswersText(written, name).draft);
  expect(again).toEqual(answers);
  expect(answersText(again)).toBe(written);
});

test.each(GOLDENS)('the TypeScript of %s is in the form of Prettier', async (name) => {
  for (const [path, text] of committedFiles(name)) {
    if (path.endsWith('.ts')) expect(await prettier.format(text, { filepath: path })).toBe(text);
  }
});

test.each(GOLDENS)('the lock file of %s has the ids that git gives', (name) => {
  const { files } = readLock(committedFiles(name).get(LOCK_FILE) ?? '', LOCK_FILE);
  const given = execFileSync('git', ['hash-object', '--no-filters', ...files.keys()], {
    cwd: goldenFolder(name),
    encoding: 'utf8',
  });
  expect([...files.values()]).toEqual(given.trim().split('\n'));
});
