import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersForAccounts, type AccountsCode } from './answers.ts';
import type { Benchmark, Place } from './benchmark.ts';
import { generated, type Sample } from './generated.ts';
import { timed } from './interleaved.ts';
import { exponent, median } from './statistics.ts';
import { synth } from './synth.ts';

/** Each twice the one before; the exponent is fitted over all. */
const ACCOUNTS = [125, 250, 500, 1000];
const ROLES = 10;
/** cdktf is given so many. */
const SYNTHESIZED = 100;
const ROUNDS = 3;
const CODES: readonly AccountsCode[] = ['hcl', 'cdktf'];

/** How time, memory and text grow with the number of accounts. */
export const accounts: Benchmark = {
  name: 'accounts',
  title: 'Many accounts',
  run: (place) => {
    const cwd = join(place.folder, 'accounts');
    mkdirSync(cwd);
    const results = CODES.flatMap((code) =>
      ACCOUNTS.map((number) => ({
        code,
        number,
        file: answersFile(cwd, number, code),
        samples: [] as Sample[],
      })),
    );
    for (let round = 0; round < ROUNDS; round++)
      for (const { file, samples } of results) samples.push(generated(place, file));
    const of = (code: AccountsCode) => results.filter((one) => one.code === code);
    const time = ({ samples }: (typeof results)[number]) =>
      median(samples.map((one) => one.milliseconds));
    const slopes = CODES.map((code) =>
      exponent(of(code).map((one) => [one.number, time(one)])).toFixed(2),
    );
    const compared = answersFile(cwd, SYNTHESIZED, 'cdktf');
    const ours = median(
      Array.from({ length: ROUNDS }, () => generated(place, compared).milliseconds),
    );
    const theirs = synthesized(place, compared);
    return {
      headings: [
        'Accounts',
        'Code',
        'Generation, ms',
        'Peak, MB',
        'Text, MB',
        'Bytes per further account',
        '`update --check`, ms',
      ],
      rows: CODES.flatMap((code) =>
        of(code).map((one, index) => {
          const before = of(code)[index - 1];
          const bytes = (result: typeof one) => result.samples[0]?.bytes ?? 0;
          const further = before && (bytes(one) - bytes(before)) / (one.number - before.number);
          return [
            String(one.number),
            code === 'hcl' ? 'HCL' : 'CDKTF and HCL',
            time(one).toFixed(0),
            median(one.samples.map(({ megabytes }) => megabytes)).toFixed(0),
            (bytes(one) / 1e6).toFixed(2),
            further?.toFixed(0) ?? '–',
            one.number === ACCOUNTS.at(-1) ? checked(place, one.file, code).toFixed(0) : '–',
          ];
        }),
      ),
      notes: [
        `Each account has the same ${ROLES} roles and a state in S3.`,
        `Time grows as accounts to the power of ${slopes[0] ?? ''} for HCL and ${slopes[1] ?? ''} for CDKTF and HCL, fitted from ${ACCOUNTS[0] ?? ''} to ${ACCOUNTS.at(-1) ?? ''}.`,
        'The time is that of the text, from the answers file on, without the start of Node; the memory is of the process. `update --check` is a whole process, run once.',
        `\`cdktf synth\` of ${SYNTHESIZED} accounts takes ${theirs.toFixed(0)} ms as a whole process, run once; their generation takes ${ours.toFixed(0)} ms: 1/${(theirs / ours).toFixed(0)}.`,
      ],
    };
  },
};

function answersFile(cwd: string, number: number, code: AccountsCode): string {
  const file = join(cwd, `${code}-${number}.yaml`);
  writeFileSync(file, answersForAccounts(number, ROLES, code));
  return file;
}

/** Writes the repository. @returns its folder */
function written(place: Place, file: string): string {
  const folder = file.replace(/\.yaml$/, '');
  timed({
    label: `the repository of ${file}`,
    command: process.execPath,
    args: [join(place.root, 'dist/cli.js'), 'create', folder, '--config', file, '--yes'],
    cwd: place.folder,
  });
  return folder;
}

function checked(place: Place, file: string, code: string): number {
  const folder = written(place, file);
  return timed({
    label: `update --check, ${code}`,
    command: process.execPath,
    args: [join(place.root, 'dist/cli.js'), 'update', folder, '--check'],
    cwd: place.folder,
  });
}

function synthesized(place: Place, file: string): number {
  return timed(synth(place, written(place, file), `cdktf synth of ${SYNTHESIZED} accounts`));
}
