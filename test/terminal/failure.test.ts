import { expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';

test.each([
  [['lint', 'missing.json', '--format', 'json']],
  [['explain', 'missing.json', '--format=json']],
  [['compare', 'missing.json', 'missing.json', '--format', 'json']],
  [['lint', 'missing.json', '--json']],
])('%j fails with one JSON object on standard output', async (args) => {
  const { exitCode, stdout, stderr } = await run(args, 'test');
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    problems: [{ where: 'missing.json', what: 'There is no such file or folder' }],
  });
  expect(stderr).toContain('There is no such file or folder.');
});

test('another format leaves standard output empty', async () => {
  const { exitCode, stdout } = await run(['lint', 'missing.json', '--format', 'sarif'], 'test');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});
