import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { curlCommand } from '../../../src/gitlab/settings/setting.ts';
import {
  forkPipelinesSetting,
  protectionSetting,
  subjectFormSetting,
} from '../../../src/gitlab/settings/settings.ts';

const GITLAB = 'https://gitlab.example.com/sub';
const SHOP = { id: 20, path: 'mygroup/shop' };

test('a form of subject is set with one parameter for each component, in order', () => {
  expect(curlCommand(GITLAB, subjectFormSetting(SHOP, ['project_id', 'ref_type', 'ref']))).toBe(
    `curl --fail --request PUT --header "PRIVATE-TOKEN: $GITLAB_TOKEN" --data-urlencode 'ci_id_token_sub_claim_components[]=project_id' --data-urlencode 'ci_id_token_sub_claim_components[]=ref_type' --data-urlencode 'ci_id_token_sub_claim_components[]=ref' https://gitlab.example.com/sub/api/v4/projects/20`,
  );
});

test('a branch is protected for Maintainers', () => {
  expect(curlCommand(GITLAB, protectionSetting(SHOP, 'branch', 'main'))).toBe(
    'curl --fail --request POST --header "PRIVATE-TOKEN: $GITLAB_TOKEN" --data-urlencode name=main --data-urlencode push_access_level=40 --data-urlencode merge_access_level=40 https://gitlab.example.com/sub/api/v4/projects/20/protected_branches',
  );
});

test('so is a tag, of a project whose id is not known', () => {
  const setting = protectionSetting({ id: undefined, path: 'mygroup/shop' }, 'tag', 'v*');
  expect(curlCommand(GITLAB, setting)).toBe(
    `curl --fail --request POST --header "PRIVATE-TOKEN: $GITLAB_TOKEN" --data-urlencode 'name=v*' --data-urlencode create_access_level=40 https://gitlab.example.com/sub/api/v4/projects/mygroup%2Fshop/protected_tags`,
  );
});

test('merge requests of forks are kept out of the project', () => {
  expect(curlCommand(GITLAB, forkPipelinesSetting(SHOP))).toContain(
    '--request PUT --header "PRIVATE-TOKEN: $GITLAB_TOKEN" --data-urlencode ci_allow_fork_pipelines_to_run_in_parent_project=false ',
  );
});

test('whatever a branch is called, the shell gives curl that name', () => {
  const names = fc.string({ unit: 'binary', minLength: 1 }).filter((name) => !name.includes('\0'));
  fc.assert(
    fc.property(names, (name) => {
      const command = curlCommand(GITLAB, protectionSetting(SHOP, 'branch', name));
      const script = `curl() { printf '%s\\0' "$@"; }; ${command}`;
      const given = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0');
      expect(given).toContain(`name=${name}`);
      expect(given).toHaveLength(13);
    }),
    { numRuns: 50 },
  );
});
