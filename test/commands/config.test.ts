import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

const ANSWERS = `# Ours, in an order of our own.
ci: { credentials: web-identity }
state: { backend: local }
output: hcl
provider: { mode: create }
aws: { region: eu-west-1 }
gitlab: { url: https://gitlab.com } # not yet self-managed
roles:
  - name: deploy
    refs: { branches: [main], protected_only: true }
    projects: [{ path: mygroup/myproject, id: 20 }]
    permissions: {}
version: 2
`;

test('an answers file that says it all is kept as it is, comments and order included', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'answers.yaml'), ANSWERS);
  const { exitCode } = await run(['out', '--yes', '--config', 'answers.yaml'], folder);
  expect(exitCode).toBe(0);
  expect(readFileSync(join(folder, 'out/gitlab-aws-oidc.yaml'), 'utf8')).toBe(ANSWERS);
});

test('a flag wins over the file, which is then written again', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'answers.yaml'), ANSWERS);
  const { exitCode } = await run(
    ['out', '--yes', '--config', 'answers.yaml', '--region', 'eu-central-1'],
    folder,
  );
  expect(exitCode).toBe(0);
  const written = readFileSync(join(folder, 'out/gitlab-aws-oidc.yaml'), 'utf8');
  expect(written).toContain('region: eu-central-1');
  expect(written).not.toContain('Ours');
});
