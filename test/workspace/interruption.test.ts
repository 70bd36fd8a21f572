import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { STAGING_PREFIX } from '../../src/workspace/write-tree.ts';
import { runAlone, type Interruption } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** So many that each file is several blocks long. */
const ROLES = 4;
const PROJECTS = 20;
const ANSWERS = `gitlab: { url: https://gitlab.com }
roles:
${Array.from(
  { length: ROLES },
  (_, role) => `  - name: role${role}x
    projects: [${Array.from({ length: PROJECTS }, (_, n) => `{ path: group${role}/project${n} }`).join(', ')}]
    refs: { branches: [main] }
    permissions: { s3: { read: [my-bucket] } }
`,
).join('')}`;
const ARGS = ['new/out', '--yes', '--config', 'answers.yaml'];

/** Starts the program in a folder of its own, and interrupts it. */
async function runIn(folder: string, interruption?: Interruption) {
  writeFileSync(join(folder, 'answers.yaml'), ANSWERS);
  const started = performance.now();
  const result = await runAlone(ARGS, folder, interruption);
  return { ...result, took: performance.now() - started };
}

/** Every file's path and text, as one number; `absent` where there is nothing. */
function treeHash(folder: string): string {
  if (!existsSync(folder)) return 'absent';
  const hash = createHash('sha256');
  const paths = readdirSync(folder, { recursive: true }).map(String).sort();
  for (const path of paths) {
    const file = join(folder, path);
    hash.update(`${path}\0${statSync(file).isFile() ? readFileSync(file, 'utf8') : ''}\0`);
  }
  return hash.digest('hex');
}

/** Moments at random, half of them from start to end and half while the tree is made; two runs at a time. */
async function interrupted(
  signal: Interruption['signal'],
  times: number,
  took: number,
  look: (folder: string, run: Awaited<ReturnType<typeof runIn>>) => void,
): Promise<void> {
  const moments = Array.from({ length: times }, (_, n): Interruption =>
    n % 2 === 0
      ? { signal, after: Math.random() * took }
      : { signal, after: Math.random() * 8, onceThereIs: 'new' },
  );
  const lane = async () => {
    for (let moment = moments.pop(); moment; moment = moments.pop()) {
      const folder = scratchFolder();
      look(folder, await runIn(folder, moment));
    }
  };
  await Promise.all([lane(), lane()]);
}

async function finished(): Promise<{ whole: string; took: number }> {
  const folder = scratchFolder();
  const { exitCode, took } = await runIn(folder);
  expect(exitCode).toBe(0);
  return { whole: treeHash(join(folder, 'new/out')), took };
}

test('killed at any moment, the tree is whole or absent; only a hidden folder may be left', async () => {
  const { whole, took } = await finished();
  await interrupted('SIGKILL', 40, took, (folder) => {
    expect(['absent', whole]).toContain(treeHash(join(folder, 'new/out')));
    const beside = existsSync(join(folder, 'new')) ? readdirSync(join(folder, 'new')) : [];
    expect(beside.filter((name) => name !== 'out' && !name.startsWith(STAGING_PREFIX))).toEqual([]);
  });
});

describe('interrupted at any moment, nothing is left, unless all was done', () => {
  test.each<[signal: Interruption['signal'], exitCode: number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s ends with %i', async (signal, interruptedCode) => {
    const { whole, took } = await finished();
    await interrupted(signal, 12, took, (folder, { exitCode, unheard, stdout }) => {
      const left = readdirSync(folder, { recursive: true }).map(String);
      const tree = treeHash(join(folder, 'new/out'));
      const done = exitCode === 0 || (unheard && tree === whole);
      expect({
        exitCode,
        tree,
        reported: stdout !== '',
        strays: left.filter((name) => !/^(answers.yaml|new(\/out.*)?)$/.test(name)),
      }).toEqual({
        exitCode: exitCode === 0 ? 0 : interruptedCode,
        tree: done ? whole : 'absent',
        reported: done,
        strays: [],
      });
      if (!done) expect(left).toEqual(['answers.yaml']);
    });
  });
});
