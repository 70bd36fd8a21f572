import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { GOLDENS_OF_ONE_ACCOUNT } from '../support/builders/goldens.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { terraformInit } from '../support/tools/terraform.ts';

const scratchFolder = scratchFolders();

/** An edit by hand: what is replaced, by what, and a text that tells later whether it is still there. */
type Edit = readonly [path: string, from: RegExp, to: string, mark: string];

const OWN_JOB = `
audit:
  stage: validate
  script:
    - echo our own
`;
const OWN_OUTPUT = `
output "our_own" {
  value = keys({ a = 1 })
}
`;
const OWN_RESOURCE = `
resource "aws_iam_group" "our_own" {
  name = "our-own"
}
`;

/** Ten edits, in nine files that every repository has. */
const EDITS: readonly Edit[] = [
  ['README.md', /\n\n/, '\n\nAsk the platform team first.\n\n', 'Ask the platform team first.'],
  ['.gitignore', /$/, '*.bak\n', '*.bak'],
  ['.gitlab-ci.yml', /$/, OWN_JOB, OWN_JOB],
  ['ci/assume-role.gitlab-ci.yml', /^/, '# Reviewed by security.\n', '# Reviewed by security.'],
  [
    'terraform/versions.tf',
    /required_version = .*/,
    '$& # as our runners have',
    '# as our runners have',
  ],
  ['terraform/providers.tf', /region( *)= .*\n/, '$&\n  max_retries = 7\n', 'max_retries = 7'],
  [
    'terraform/oidc-provider.tf',
    /^/,
    '# One for the whole account.\n',
    '# One for the whole account.',
  ],
  ['terraform/outputs.tf', /$/, OWN_OUTPUT, OWN_OUTPUT],
  [
    'terraform/roles.tf',
    /\n {2}name .*\n/,
    '$&  force_detach_policies = true\n',
    'force_detach_policies = true',
  ],
  ['terraform/roles.tf', /$/, OWN_RESOURCE, OWN_RESOURCE],
];

/** In a CDKTF repository, two more. */
const CDKTF_EDITS: readonly Edit[] = [
  ['main.ts', /^/, '// The one stack there is.\n', '// The one stack there is.'],
  [
    'lib/gitlab-oidc-stack.ts',
    / {4}const \w+Role = new IamRole/,
    '    // Reviewed once a year.\n$&',
    '// Reviewed once a year.',
  ],
];

const ADDED_PROJECT = /projects:\n( +)- path: /;
/** A role for each project is new text: not beside an edit, where git, too, would ask. */
const ADDED_BETWEEN = /(?<=id: 4001)\n( +)- path: /;

describeWith([terraform], 'edits by hand and a project that the answers add', () => {
  test.each(GOLDENS_OF_ONE_ACCOUNT)(
    'are both in %s after an update, and Terraform finds it valid',
    async (name) => {
      const repository = GeneratedRepository.of(name, scratchFolder());
      const cdktf = repository.read('gitlab-aws-oidc.yaml').includes('output: cdktf');
      const edits = [...EDITS, ...(cdktf ? CDKTF_EDITS : [])];
      for (const [path, from, to, mark] of edits) {
        repository.write(path, repository.read(path).replace(from, to));
        expect(repository.read(path)).toContain(mark);
      }
      const answers = repository.read('gitlab-aws-oidc.yaml');
      // The policies of the organization admit the projects of its groups only.
      const added = name === 'organization' ? 'mygroup/added' : 'added/here';
      const id = /\n +id: \d+/.test(answers) ? '\n$1  id: 9999' : '';
      const namespace = answers.includes('namespace_id') ? '\n$1  namespace_id: 310' : '';
      repository.write(
        'gitlab-aws-oidc.yaml',
        name === 'per-project-roles'
          ? answers.replace(ADDED_BETWEEN, `\n$1- path: ${added}\n$1  id: 9999\n$1- path: `)
          : answers.replace(
              ADDED_PROJECT,
              `projects:\n$1- path: ${added}${id}${namespace}\n$1- path: `,
            ),
      );

      const { exitCode, stdout, stderr } = await repository.update();
      expect({ exitCode, conflict: /conflict .*/.exec(stdout)?.[0] }).toEqual({
        exitCode: 0,
        conflict: undefined,
      });
      // The app is code: what an edit of it does to access is not known.
      expect(stderr).toMatch(
        cdktf ? /^Edited by hand: main\.ts, lib\/gitlab-oidc-stack\.ts\n/ : /^$/,
      );
      expect(stdout).toMatch(new RegExp(`${added} .* may now assume`));
      for (const [path, , , mark] of edits) expect(repository.read(path)).toContain(mark);
      expect(repository.read('README.md')).toContain(added);
      const subject = name === 'project-id-subject' ? 'project_id:9999' : `project_path:${added}`;
      expect(repository.read('terraform/roles.tf')).toContain(subject);

      const folder = join(repository.folder, 'terraform');
      await terraformInit(folder);
      await run('terraform', ['validate'], folder);
    },
  );
});
