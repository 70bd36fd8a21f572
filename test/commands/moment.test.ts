import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { allow, GITLAB_COM, MAIN, policy } from '../iam/vectors/vector.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2999-01-01T00:00:00Z';

const until = (time: string) =>
  policy(
    allow(GITLAB_COM, {
      StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': '20' },
      DateLessThan: { 'aws:CurrentTime': time },
    }),
  );

/** Runs a command on policies that allow a job until some time. */
async function runAt(args: readonly string[], ...times: readonly string[]) {
  const folder = scratchFolder();
  const files = times.map((time, at) => {
    writeFileSync(join(folder, `${at}.json`), JSON.stringify(until(time)));
    return `${at}.json`;
  });
  const [command = '', ...flags] = args;
  return run([command, ...files, ...flags], folder);
}

const JOB = ['explain', '--project', 'acme/web', '--project-id', '20', '--branch', 'main'];

test('explain says of a role that its trust has expired, and as of which day', async () => {
  const day = new Date().toISOString().slice(0, 10);
  const { stdout } = await runAt(['explain'], PAST);
  expect(stdout).toContain('no job of a GitLab instance may assume it');
  expect(stdout).toMatch(/: DateLessThan aws:CurrentTime 2020-01-01T00:00:00Z has expired, as of /);
  expect(stdout).toContain(day.slice(0, 8));
  expect((await runAt(['explain'], FUTURE)).stdout).toContain(`aws:CurrentTime before ${FUTURE}`);
});

test('explain says of a job that its access has expired, or until when it has it', async () => {
  const { stdout, exitCode } = await runAt(JOB, PAST);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`it has expired: it ended at ${PAST}`);
  expect((await runAt(JOB, FUTURE)).stdout).toContain(
    'undetermined: it depends on aws:CurrentTime',
  );
  const earlier = ['--claim', 'aws:CurrentTime=2019-06-01T00:00:00Z'];
  expect((await runAt([...JOB, ...earlier], PAST)).exitCode).toBe(0);
});

test('lint reports a trust that has expired, and not one that will', async () => {
  const { stdout, exitCode } = await runAt(['lint'], PAST);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('OIDC035 nobody');
  expect((await runAt(['lint'], FUTURE)).exitCode).toBe(0);
});

test('compare looks at both sides as of the same day', async () => {
  const failing = ['compare', '--fail-on', 'change'];
  expect((await runAt(failing, PAST, '2021-01-01T00:00:00Z')).exitCode).toBe(0);
  expect((await runAt(failing, PAST, FUTURE)).exitCode).toBe(1);
});
