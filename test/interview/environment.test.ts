import { expect, test } from '@jest/globals';
import { askEnvironment } from '../../src/interview/ask-environment.ts';
import { AbsentPerson } from '../../src/interview/asker.ts';

const asker = new AbsentPerson(true);
const project = (...components: string[]) => ({ path: 'g/p', id: 20, sub_components: components });

test('what the subject of a project holds of environments is asked for, once', async () => {
  const role = {
    projects: [
      project('project_id', 'ref_type', 'ref', 'deployment_tier'),
      project('project_id', 'ref_type', 'ref', 'deployment_tier', 'environment_protected'),
    ],
  };
  const answered = { ...role, environment_protected: true, deployment_tier: 'production' };
  expect(await askEnvironment(role, asker)).toEqual(answered);
});

test('an existing answer is kept, and nothing is asked that no subject holds', async () => {
  const role = { projects: [project('project_id', 'ref_type', 'ref', 'deployment_tier')] };
  const staging = { ...role, deployment_tier: 'staging' };
  expect(await askEnvironment(staging, asker)).toEqual(staging);
  expect(await askEnvironment({ projects: [{ path: 'g/p' }] }, asker)).toEqual({
    projects: [{ path: 'g/p' }],
  });
});
