import { statSync } from 'node:fs';

/** The suites that take longest, the longest first: those that nothing else follows are then short. */
const SLOW = [
  'e2e/bootstrapped-accounts',
  'e2e/repository-pipeline',
  'e2e/app-to-several-accounts',
  'e2e/bootstrap',
  'e2e/interview-signals',
  'e2e/interview-screens',
  'e2e/repository-checks',
  'e2e/one-account-to-several',
  'e2e/goldens',
  'e2e/sign-in',
  'e2e/pipeline',
  'e2e/update-interruption',
  'e2e/deploy/hcl',
  'e2e/doctor',
  'e2e/access-map',
  'e2e/refused',
  'e2e/interview-gitlab',
  'e2e/hostile-names',
  'e2e/deploy/cdktf',
  'e2e/cdk-terrain',
  'e2e/audit-partitions',
  'e2e/settings-script',
  'e2e/audit-organization',
  'e2e/three-accounts',
  'e2e/doctor-answers',
  'e2e/packed',
  'e2e/git-settings',
  'e2e/update-edits',
  'blueprint/access-diff-tokens',
  'hostile/policy',
  'interview/terminal',
  'render/gitlab-ci/sign-in',
  'answers/edit-anywhere',
  'workspace/interruption',
  'hostile/issuer/issuer',
  'audit/live/read-live',
  'gitlab/issuer/inspect',
  'gitlab/api/settings',
  'hostile/server/server',
  'commands/audit',
  'audit/reach/simulated-reach',
];

/** Jest itself orders suites by how long they took before, which a clean checkout does not know. */
export default class SlowFirst {
  sort(tests) {
    const ranked = tests.map((test) => ({
      test,
      rank: rankOf(test.path),
      size: statSync(test.path).size,
    }));
    ranked.sort((a, b) => a.rank - b.rank || b.size - a.size);
    return ranked.map(({ test }) => test);
  }

  cacheResults() {
    // Nothing is kept: the order is the same on every machine.
  }
}

function rankOf(path) {
  const at = SLOW.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? SLOW.length : at;
}
