import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = join(root, 'generated');

for (const name of readdirSync(generated)) {
  const folder = join(generated, name);
  const scratch = mkdtempSync(join(tmpdir(), 'golden-'));
  const answers = join(scratch, 'gitlab-aws-oidc.yaml');
  cpSync(join(folder, 'gitlab-aws-oidc.yaml'), answers);
  execFileSync(process.execPath, [
    join(root, 'dist/cli.js'),
    join(scratch, 'out'),
    '--yes',
    '--json',
    '--config',
    answers,
  ]);
  rmSync(folder, { recursive: true });
  cpSync(join(scratch, 'out'), folder, { recursive: true });
  rmSync(scratch, { recursive: true });
}
