import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessOf } from '../src/access/access-of.ts';
import { compareTrusts } from '../src/compare/compare.ts';
import { parsePolicy } from '../src/iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../src/iam/evaluate/policy.ts';
import type { Benchmark, Place } from './benchmark.ts';
import { dumpOf } from './dump.ts';
import { timed } from './interleaved.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;
const ROLES = 5000;
/** The largest quota of a trust policy. Characters. */
const LARGEST = 8192;
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/gitlab.com';

type SubjectAt = (at: number) => string;

const exact: SubjectAt = (at) => `project_path:acme/p${at}:ref_type:branch:ref:main`;
const group: SubjectAt = (at) => `project_path:group${at}/*:ref_type:branch:ref:main`;

/** The access analysis, `compare` and `lint`, on ordinary input and on the largest. */
export const access: Benchmark = {
  name: 'access',
  title: 'Access analysis',
  run: (place) => {
    const many = policyOf(Array.from({ length: 2000 }, (_, at) => exact(at)));
    const dump = dumpOf(ROLES);
    const parse = time(() => JSON.parse(dump) as unknown);
    const { start, read, lint } = processesWith(dump, place);
    const beyondStart = lint - start;
    return {
      headings: ['Work', 'Median, ms'],
      rows: [
        row(
          'access to a role that 2,000 projects may assume',
          time(() => accessOf({ policy: many })),
        ),
        row(
          '`compare` of two ordinary policies',
          compared(policyOf([exact(0)]), policyOf([exact(1)])),
        ),
        row('`compare` of two of 8,192 characters, exact subjects', compared(...largest(exact))),
        row('`compare` of two of 8,192 characters, patterns', compared(...largest(group))),
        row(`\`JSON.parse\` of a dump of ${ROLES} roles`, parse),
        row('`node -e 0`', start),
        row('Node reads that dump and gives it to `JSON.parse`, a whole process', read),
        row('`lint` of that dump, a whole process', lint),
      ],
      notes: [
        `${ROUNDS} rounds after one to warm up; the dump has ${(dump.length / 1e6).toFixed(0)} MB.`,
        `Without the start of Node, \`lint\` of it takes ${(beyondStart / (read - start)).toFixed(1)} times as long as a process that reads and parses it, and ${(beyondStart / parse).toFixed(1)} times as long as \`JSON.parse\` of a text that is in memory, in a process that has parsed it before.`,
        'The aim for `lint` is 4 times, plus the start. Policies that differ in the names of projects, refs and ids alone are checked once; what is left is reading the dump, and 10,000 findings to print.',
      ],
    };
  },
};

function row(work: string, milliseconds: number): string[] {
  return [work, milliseconds.toFixed(1)];
}

function compared(before: TrustPolicy, after: TrustPolicy): number {
  return time(() => compareTrusts({ policy: before }, { policy: after }));
}

/** Two policies as large as they may be, one of which begins a subject later. */
function largest(subjectAt: SubjectAt): [TrustPolicy, TrustPolicy] {
  let count = 1;
  const from = (first: number) =>
    policyOf(Array.from({ length: count }, (_, at) => subjectAt(first + at)));
  while (from(1).size <= LARGEST) count++;
  count--;
  return [from(0), from(1)];
}

function policyOf(subjects: readonly string[]): TrustPolicy {
  const parsed = parsePolicy({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'gitlab.com:sub': subjects } },
    },
  });
  if (!parsed.ok) throw new Error('the policy is none');
  return parsed.policy;
}

/** Milliseconds. */
function time(work: () => unknown): number {
  work();
  return median(
    Array.from({ length: ROUNDS }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );
}

interface Processes {
  readonly start: number;
  readonly read: number;
  readonly lint: number;
}

/** Milliseconds of whole processes, in turn: Node alone, Node that parses a dump, and `lint` of it. */
function processesWith(dump: string, { root, folder }: Place): Processes {
  const file = join(folder, 'dump.json');
  writeFileSync(file, dump);
  const took = (label: string, args: readonly string[]) =>
    timed({ label, command: process.execPath, args, cwd: folder });
  const round = (): Processes => ({
    start: took('node', ['-e', '0']),
    read: took('JSON.parse', ['-e', "JSON.parse(fs.readFileSync('dump.json', 'utf8'))"]),
    lint: took('lint of a dump', [join(root, 'dist/cli.js'), 'lint', file]),
  });
  round();
  const rounds = Array.from({ length: ROUNDS }, round);
  return {
    start: median(rounds.map(({ start }) => start)),
    read: median(rounds.map(({ read }) => read)),
    lint: median(rounds.map(({ lint }) => lint)),
  };
}
