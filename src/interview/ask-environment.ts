import type { Draft } from '../answers/read.ts';
import type { Asker } from './asker.ts';
import { answerAt, draftsAt, withAnswer } from './draft.ts';

/** Asks for the values of what a project's own form of subject holds beyond project and ref. */
export async function askEnvironment(draft: Draft, asker: Asker): Promise<Draft> {
  let role = draft;
  const forms = draftsAt(role, 'projects').flatMap(({ sub_components: form }): unknown[] =>
    Array.isArray(form) ? form : [],
  );
  const open = (path: string) => forms.includes(path) && answerAt(role, path) === undefined;
  const why = 'The subject of a project contains it, so it needs one value.';
  if (open('environment_protected')) {
    const isProtected = await asker.yes({
      flag: 'environment-protected',
      message: 'Jobs of protected environments?',
      why,
      default: true,
    });
    role = withAnswer(role, 'environment_protected', isProtected);
  }
  if (open('deployment_tier')) {
    const tier = await asker.choice({
      flag: 'deployment-tier',
      message: 'Deployment tier of the jobs',
      why,
      choices: ['production', 'staging', 'testing', 'development', 'other'].map((value) => ({
        value,
        name: value,
      })),
      default: 'production',
    });
    role = withAnswer(role, 'deployment_tier', tier);
  }
  return role;
}
