import { describe, expect, test } from '@jest/globals';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import { accessDiffByAccount } from '../../src/blueprint/access-diff/by-account.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { Answers } from '../../src/answers/schema.ts';
import { bootstrapAnswers } from '../support/builders/bootstrap-answers.ts';

const { bootstrap: _, ...without } = bootstrapAnswers();
const changes = (before: Answers, after: Answers) =>
  accessDiff(blueprintOf(before), blueprintOf(after));
const texts = (before: Answers, after: Answers) =>
  changes(before, after).changes.map(({ text }) => text);

test('a bootstrap shows who may plan and apply from now on, and who creates the provider', () => {
  const shown = texts(without, bootstrapAnswers());
  expect(shown).toContain('acme/oidc branches * may now assume gitlab-plan');
  expect(shown).toContain('acme/oidc branch main may now assume gitlab-apply, protected refs only');
  expect(shown).toContainEqual(
    expect.stringMatching(/^the bootstrap has role gitlab-apply; it may:/),
  );
  expect(shown).toContainEqual(
    expect.stringMatching(/^the bootstrap now manages the OIDC provider/),
  );
  expect(shown.join()).not.toContain('.aws-role-gitlab-plan');
});

test('a bootstrap that is left out shows what remains to be deleted', () => {
  expect(texts(bootstrapAnswers(), without)).toContain(
    'the bootstrap no longer has role gitlab-apply; delete what was deployed of it',
  );
});

test('another branch, name or path of the pipeline is shown, and moves nothing in Terraform', () => {
  const after = bootstrapAnswers({
    bootstrap: { apply_role: 'oidc-apply', refs: { default_branch: 'trunk' } },
  });
  const { moves } = changes(bootstrapAnswers(), after);
  const shown = texts(bootstrapAnswers(), after);
  expect(moves).toEqual([]);
  expect(shown).toContain(
    'role /gitlab-bootstrap/gitlab-apply of the bootstrap is /gitlab-bootstrap/oidc-apply now: deploy the bootstrap and correct the CI/CD variable',
  );
  expect(shown).toContainEqual(expect.stringMatching(/branch trunk may now assume oidc-apply/));
});

describe('of several accounts', () => {
  const accounts = [
    { name: 'dev', id: '111111111111' },
    { name: 'prod', id: '222222222222' },
  ];
  const several = (change: Partial<Answers> = {}) => {
    const state = { backend: 's3', bucket: 'acme-{account}', key: 'oidc.tfstate' } as const;
    return bootstrapAnswers({ aws: { region: 'eu-west-1' }, accounts, state, ...change });
  };
  const shownOf = (before: Answers, after: Answers) =>
    accessDiffByAccount(blueprintOf(before), blueprintOf(after)).changes.map(({ text }) => text);

  test('each account gets the roles and its boundary, and no CI/CD variable is to be corrected', () => {
    const { bootstrap: none, ...before } = several();
    const shown = shownOf(before, several());
    expect(shown).toContain('every account: acme/oidc branches * may now assume gitlab-plan');
    expect(shown).toContainEqual(
      expect.stringMatching(
        /^dev: .*bounded by arn:aws:iam::111111111111:policy\/gitlab-bootstrap\//,
      ),
    );
    const renamed = shownOf(several(), several({ bootstrap: { apply_role: 'oidc-apply' } }));
    expect(renamed).toContain(
      'every account: role /gitlab-bootstrap/gitlab-apply of the bootstrap is /gitlab-bootstrap/oidc-apply now: deploy the bootstrap',
    );
  });
});

test('roles that the boundary lets others assume and pass are shown, both ways', () => {
  const [none, app] = [
    bootstrapAnswers(),
    bootstrapAnswers({ bootstrap: { usable_roles: ['/app/*'] } }),
  ];
  const [gained] = changes(none, app).changes;
  expect(gained).toEqual({
    kind: 'gained',
    sources: [],
    text: 'roles with the boundary gitlab-boundary may now assume and pass /app/*',
  });
  const [lost] = changes(app, none).changes;
  expect(lost).toEqual({
    kind: 'lost',
    sources: [],
    text: 'roles with the boundary gitlab-boundary may no longer assume or pass /app/*',
  });
  expect(changes(app, app).changes).toEqual([]);
});

test('nothing is shown where nothing differs', () => {
  expect(texts(bootstrapAnswers(), bootstrapAnswers())).toEqual([]);
});
