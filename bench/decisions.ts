import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isAllowed, preparePolicy } from '../src/iam/evaluate/evaluate.ts';
import { parsePolicy } from '../src/iam/evaluate/parse-policy.ts';
import { compilePattern, matchesPattern, patternParts } from '../src/iam/evaluate/wildcard.ts';
import type { Benchmark } from './benchmark.ts';
import { installed, packageAt } from './peers.ts';
import { median } from './statistics.ts';
import { worstPattern } from './worst-pattern.ts';

const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/gitlab.com';
/** iam-simulate leaves out of a request what it does not know, gitlab.com:sub among it; these two it knows. */
const AUDIENCE_KEY = 'accounts.google.com:aud';
const SUBJECT_KEY = 'accounts.google.com:sub';
const SUBJECT = 'project_path:mygroup/myproject:ref_type:branch:ref:main';
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [AUDIENCE_KEY]: 'https://gitlab.com', [SUBJECT_KEY]: SUBJECT },
      },
    },
  ],
};
const REQUEST = {
  principal: PROVIDER,
  context: { [AUDIENCE_KEY]: 'https://gitlab.com', [SUBJECT_KEY]: SUBJECT },
};
const ROUNDS = 7;
const OURS = 1_000_000;
const THEIRS = 300;

type Simulate = typeof import('@cloud-copilot/iam-simulate').runSimulation;

/** Answers per second of "is this job let in?", and the pattern that takes longest to answer. */
export const decisions: Benchmark = {
  name: 'decisions',
  title: 'Decisions per second, one core',
  run: async ({ folder }) => {
    const packageFolder = installed(folder, '@cloud-copilot/iam-simulate');
    const { name, version } = packageAt(packageFolder);
    const { runSimulation } = createRequire(join(packageFolder, 'package.json'))(name) as {
      runSimulation: Simulate;
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(ourRate());
      theirs.push(await theirRate(runSimulation));
    }
    const ratio = median(ours.map((rate, round) => rate / (theirs[round] ?? NaN)));
    const { pattern, text, steps } = worstPattern();
    const compiled = compilePattern(patternParts(pattern));
    const started = performance.now();
    for (let i = 0; i < 1000; i++) matchesPattern(compiled, text);
    const worst = performance.now() - started;
    return {
      headings: ['Evaluator', 'Median, decisions/s', 'Ratio'],
      rows: [
        ['**create-gitlab-aws-oidc**', median(ours).toFixed(0), ratio.toFixed(0)],
        [`${name} ${version}`, median(theirs).toFixed(0), '1'],
      ],
      notes: [
        `${ROUNDS} rounds in turn; the question is an exact subject and audience, and the policy is read beforehand as far as each allows.`,
        `The worst pattern of a search over patterns of 64 characters and texts of 256: \`${pattern}\` takes ${steps} steps, of at most ${pattern.length * text.length} by construction, and ${worst.toFixed(1)} µs.`,
      ],
    };
  },
};

function ourRate(): number {
  const parsed = parsePolicy(POLICY);
  if (!parsed.ok) throw new Error('the policy is none');
  const prepared = preparePolicy(parsed.policy);
  const started = performance.now();
  let allowed = 0;
  for (let i = 0; i < OURS; i++) if (isAllowed(prepared, REQUEST)) allowed++;
  if (allowed !== OURS) throw new Error('a job that is let in was refused');
  return (OURS / (performance.now() - started)) * 1000;
}

async function theirRate(runSimulation: Simulate): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < THEIRS; i++) {
    const answer = await runSimulation(
      {
        request: {
          principal: PROVIDER,
          action: 'sts:AssumeRoleWithWebIdentity',
          resource: { resource: 'arn:aws:iam::111122223333:role/r', accountId: '111122223333' },
          contextVariables: { ...REQUEST.context },
        },
        identityPolicies: [],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: POLICY,
      },
      {},
    );
    if (answer.resultType !== 'single') throw new Error(JSON.stringify(answer));
    if (answer.result.analysis.resourceAnalysis?.result !== 'Allowed')
      throw new Error('a job that is let in was refused');
  }
  return (THEIRS / (performance.now() - started)) * 1000;
}
