import { readdirSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { prepareUpdate } from '../../src/repository/prepare-update.ts';
import { hasJournal } from '../../src/workspace/transaction/journal.ts';
import { IN_REPOSITORY, transactionFolder } from '../../src/workspace/transaction/place.ts';
import { withLock } from '../../src/workspace/transaction/with-lock.ts';
import { writeChanges } from '../../src/workspace/transaction/write-changes.ts';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { filesIn } from '../support/builders/goldens.ts';
import { killedAt } from '../support/tools/killed-at.ts';
import { run, type Interruption } from '../support/tools/program.ts';
import { runs } from '../support/tools/runs.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const EDITED = [
  'terraform/roles.tf',
  'terraform/outputs.tf',
  'lib/gitlab-oidc-stack.ts',
  'README.md',
];

/** A repository with edits by hand, files that will be replaced, one added, and some removed. */
function edited({ git = false } = {}): GeneratedRepository {
  const repository = GeneratedRepository.of('plan-and-apply', realpathSync(scratchFolder()), {
    git,
  });
  for (const path of EDITED) repository.write(path, `// by hand\n${repository.read(path)}`);
  repository.edit('gitlab-aws-oidc.yaml', 'mygroup/infrastructure', 'other/infrastructure');
  repository.edit('gitlab-aws-oidc.yaml', 'output: cdktf', 'output: hcl');
  return repository;
}

type Tree = ReadonlyMap<string, string>;
const tree = ({ folder }: GeneratedRepository): Tree =>
  new Map(
    [...filesIn(folder)].filter(
      ([path]) => !path.startsWith(IN_REPOSITORY) && !path.startsWith('.git/'),
    ),
  );

async function finished(): Promise<{ before: Tree; after: Tree; took: number }> {
  const repository = edited();
  const before = tree(repository);
  const started = performance.now();
  expect((await repository.update()).exitCode).toBe(0);
  return { before, after: tree(repository), took: performance.now() - started };
}

/** An update as the program makes it, in this process: starting the program takes longer than all the rest. */
async function updateHere({ folder }: GeneratedRepository): Promise<void> {
  await withLock(folder, (lock) => writeChanges(folder, lock, prepareUpdate(folder).changes));
}

/** What must hold after a kill, and after the next update. */
async function proveSafe(repository: GeneratedRepository, before: Tree, after: Tree) {
  const left = tree(repository);
  const transaction = transactionFolder(repository.folder);
  if (hasJournal(transaction)) {
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      expect([before.get(path), after.get(path)]).toContain(left.get(path));
    }
  } else {
    expect([[...before], [...after]]).toContainEqual([...left]);
  }
  await updateHere(repository);
  expect([...tree(repository)]).toEqual([...after]);
  expect(
    readdirSync(dirname(transaction)).filter((name) => name.startsWith(basename(transaction))),
  ).toEqual([]);
}

async function onTwoLanes<T>(moments: T[], work: (moment: T) => Promise<void>): Promise<void> {
  const lane = async () => {
    for (let moment = moments.shift(); moment !== undefined; moment = moments.shift()) {
      await work(moment);
    }
  };
  await Promise.all([lane(), lane()]);
}

test('every edit by hand is in the tree of before and in that of after', async () => {
  const { before, after } = await finished();
  for (const path of EDITED) {
    expect(before.get(path)).toContain('by hand');
    expect(after.get(path)).toContain('by hand');
  }
  expect(after.get('terraform/roles.tf')).not.toBe(before.get('terraform/roles.tf'));
});

test('killed at any moment, the tree is the old or the new one, or says that it is on its way; the next update ends it', async () => {
  const { before, after, took } = await finished();
  const moments = Array.from({ length: runs(10) }, (_, n): Interruption =>
    n % 2 === 0
      ? { signal: 'SIGKILL', after: Math.random() * took }
      : { signal: 'SIGKILL', after: Math.random() * 40, onceThereIs: IN_REPOSITORY },
  );
  await onTwoLanes(moments, async (moment) => {
    const repository = edited();
    await run(['update'], repository.folder, moment);
    await proveSafe(repository, before, after);
  });
});

test.each([
  ['', { git: false }],
  [' in git', { git: true }],
])('killed before any one change of the disk%s, the same', async (_, place) => {
  const { before, after } = await finished();
  let killed = 0;
  let step = 0;
  let ended = false;
  const lane = async () => {
    while (!ended) {
      step += 1;
      const repository = edited(place);
      const { exitCode } = await killedAt(step, repository.folder);
      if (exitCode === 0) ended = true;
      else killed += 1;
      await proveSafe(repository, before, after);
    }
  };
  await Promise.all([lane(), lane()]);
  expect(killed).toBeGreaterThan(40);
});

test('what is edited between the kill and the next update is kept too', async () => {
  const { after } = await finished();
  let repository = edited();
  // The first changes are the texts put beside the files.
  for (let step = 30; !hasJournal(transactionFolder(repository.folder)); step += 1) {
    repository = edited();
    await killedAt(step, repository.folder);
  }
  const path = 'terraform/roles.tf';
  repository.write(path, `# since the kill\n${repository.read(path)}`);
  const { exitCode, stdout } = await repository.update();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Finished the update that was interrupted.\n');
  expect(stdout).toContain('terraform/roles.tf was changed meanwhile; your change is merged.\n');
  expect(repository.read(path)).toBe(`# since the kill\n${after.get(path) ?? ''}`);
});
