import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Answers } from '../../src/answers/schema.ts';
import { answersText } from '../../src/answers/write.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { policyLiteral } from '../../src/iam/policy.ts';
import type { Files } from '../../src/render/files.ts';
import { renderRepository } from '../../src/repository/render.ts';
import { hostileAnswers, knownHostileAnswers } from '../support/builders/hostile-answers.ts';
import { run } from '../support/tools/run.ts';
import { runs } from '../support/tools/runs.ts';
import { synthesized } from '../support/tools/synth.ts';
import { valuesOfHcl, valuesOfStack, type Resources } from '../support/tools/terraform-values.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';

const ROLES = 15;
const REFS_OF_EACH_TYPE = 10;

describeWith([terraform], 'hostile names, in the eyes of Terraform', () => {
  test('come out of the HCL as they went in, and it is formatted', async () => {
    await forHostileAnswers(async (answers, files) => {
      await expectFormatted(files);
      const values = await valuesOfHcl(files.get('terraform/roles.tf') ?? '');
      expect(rolesIn(values)).toEqual(rolesMeant(answers));
    });
  });

  test('come out of the CDKTF app, run by the real cdktf, as they went in', async () => {
    await forHostileAnswers(async (answers, files) => {
      const values = await valuesOfStack(await synthesized(files));
      expect(rolesIn(values)).toEqual(rolesMeant(answers));
    });
  });
});

function forHostileAnswers(prove: (answers: Answers, files: Files) => Promise<void>) {
  return fc.assert(
    fc.asyncProperty(hostileAnswers(ROLES, REFS_OF_EACH_TYPE), (answers) =>
      prove(answers, renderRepository(blueprintOf(answers), answers, answersText(answers))),
    ),
    { numRuns: 1 + runs(1), examples: [[knownHostileAnswers()]], endOnFailure: true },
  );
}

async function expectFormatted(files: Files): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fmt-'));
  try {
    for (const [path, text] of files) {
      if (path.endsWith('.tf')) await writeFile(join(folder, basename(path)), text);
    }
    await run('terraform', ['fmt', '-check', '-diff'], folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface RoleTexts {
  readonly description: unknown;
  readonly path: unknown;
  readonly tags: unknown;
  readonly subjects: unknown;
  readonly inlinePolicy: unknown;
}

/** What the answers say of each role, in the words of AWS. */
function rolesMeant({ roles }: Answers): RoleTexts[] {
  return roles.map(({ description, path, tags = {}, projects = [], refs, permissions }) => ({
    // To AWS, an empty description is none.
    description: description === '' ? undefined : description,
    path,
    tags,
    subjects: projects.flatMap((project) => [
      ...(refs.branches ?? []).map((name) => subject(project.path, 'branch', name)),
      ...(refs.tags ?? []).map((name) => subject(project.path, 'tag', name)),
    ]),
    inlinePolicy: permissions.inline_policies?.[0]?.policy,
  }));
}

function subject(project: string, type: string, name: string): string {
  return `project_path:${project}:ref_type:${type}:ref:${policyLiteral(name)}`;
}

/** The same from what Terraform made of a configuration; a role that was split in several is one again. */
function rolesIn(resources: Resources): RoleTexts[] {
  const roles = Object.entries(resources['aws_iam_role'] ?? {});
  const policies = resources['aws_iam_role_policy'] ?? {};
  const inOrder = roles.sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  return inOrder.map(([label, { description, path, tags = {}, assume_role_policy = '{}' }]) => ({
    description,
    path,
    tags,
    subjects: subjectsIn(assume_role_policy),
    inlinePolicy: JSON.parse(policies[`${label}_inline`]?.policy ?? '{}') as unknown,
  }));
}

function subjectsIn(trustPolicy: string): string[] {
  const { Statement } = JSON.parse(trustPolicy) as {
    Statement: { Condition: { StringEquals: { 'gitlab.com:sub': string | string[] } } }[];
  };
  return Statement.flatMap(({ Condition }) => Condition.StringEquals['gitlab.com:sub']);
}
