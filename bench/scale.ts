import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersFor } from './answers.ts';
import type { Benchmark, Place } from './benchmark.ts';
import { generated, type Sample } from './generated.ts';
import { timed } from './interleaved.ts';
import { exponent, median } from './statistics.ts';
import { synth } from './synth.ts';

const ROLES = [10, 100, 1000, 10_000];
/** The sizes over which the exponent is fitted: below, the start of the program outweighs the work. */
const FITTED = 100;
/** cdktf is given no more. */
const SYNTHESIZED = 1000;
const ROUNDS = 3;

/** How time and memory grow with the number of roles, and with that of subjects. */
export const scale: Benchmark = {
  name: 'scale',
  title: 'Many roles',
  run: (place) => {
    const cwd = join(place.folder, 'scale');
    mkdirSync(cwd);
    const results = ROLES.map((roles) => {
      const file = join(cwd, `${roles}.yaml`);
      writeFileSync(file, answersFor(roles));
      return { roles, file, samples: [] as Sample[] };
    });
    for (let round = 0; round < ROUNDS; round++)
      for (const { file, samples } of results) samples.push(generated(place, file));
    const subjects = join(cwd, 'subjects.yaml');
    writeFileSync(subjects, answersFor(1000, 100));
    const many = generated(place, subjects);

    const time = (samples: readonly Sample[]) => median(samples.map((s) => s.milliseconds));
    const slope = exponent(
      results
        .filter(({ roles }) => roles >= FITTED)
        .map(({ roles, samples }) => [roles, time(samples)]),
    );
    return {
      headings: [
        'Roles',
        'Subjects',
        'Generation, ms',
        'Peak, MB',
        'Text, MB',
        '`cdktf synth`, ms',
        'Ratio',
      ],
      rows: [
        ...results.map(({ roles, file, samples }) => {
          const theirs = roles <= SYNTHESIZED ? synthesized(place, file, roles) : undefined;
          const memory = median(samples.map((s) => s.megabytes));
          return [
            ...[roles, roles].map(String),
            ...figures({
              milliseconds: time(samples),
              megabytes: memory,
              bytes: samples[0]?.bytes ?? 0,
            }),
            theirs?.toFixed(0) ?? '–',
            theirs ? `1/${(theirs / time(samples)).toFixed(0)}` : '–',
          ];
        }),
        ['1000', '100000', ...figures(many), '–', '–'],
      ],
      notes: [
        `Time grows as roles to the power of ${slope.toFixed(2)}, fitted from ${FITTED} to ${ROLES.at(-1) ?? ''}.`,
        'The time is that of the text, from the answers file on, without the start of Node; the memory is of the process.',
        'An AWS account takes 5,000 roles at most and the program refuses more: there the quota is lifted for the measurement. A role over the quota of its trust policy becomes several.',
        '`cdktf synth` is a whole process, run once.',
      ],
    };
  },
};

function figures({ milliseconds, megabytes, bytes }: Sample): string[] {
  return [milliseconds.toFixed(0), megabytes.toFixed(0), (bytes / 1e6).toFixed(2)];
}

function synthesized(place: Place, file: string, roles: number): number {
  const repository = join(place.folder, 'scale', `repository-${roles}`);
  timed({
    label: `the repository of ${roles} roles`,
    command: process.execPath,
    args: [join(place.root, 'dist/cli.js'), repository, '--config', file],
    cwd: place.folder,
  });
  return timed(synth(place, repository, `cdktf synth of ${roles} roles`));
}
