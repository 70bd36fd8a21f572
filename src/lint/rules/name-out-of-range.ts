import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../rule.ts';

const CHARACTERS = 'letters, digits and _+=,.@-';
const FORMS: readonly {
  field: keyof LintContext & ('roleName' | 'rolePath' | 'roleDescription' | 'sessionName');
  form: RegExp;
  says: string;
}[] = [
  { field: 'roleName', form: /^[\w+=,.@-]{1,64}$/, says: `1 to 64 of ${CHARACTERS}` },
  {
    field: 'rolePath',
    form: /^\/$|^\/[!-~]{1,510}\/$/,
    says: '/ or /…/ of at most 512 characters',
  },
  { field: 'roleDescription', form: /^[\s\S]{0,1000}$/, says: 'at most 1,000 characters' },
  { field: 'sessionName', form: /^[\w+=,.@-]{2,64}$/, says: `2 to 64 of ${CHARACTERS}` },
];

export const nameOutOfRange: Rule = {
  id: 'OIDC018',
  name: 'name-out-of-range',
  severity: 'error',
  harm: 'rejected',
  summary: 'A name that AWS does not take',
  why: 'IAM checks names for length and characters only when it creates the role, or when the job signs in: ValidationError.',
  example: 'The session name `acme/web`: ValidationError … roleSessionName, for the slash.',
  fix: 'Shorten it, and use letters, digits and _+=,.@- only; for a session gitlab-$CI_PROJECT_ID-$CI_JOB_ID',
  check: ({ context }) =>
    FORMS.flatMap(({ field, form, says }) => {
      const name = context[field];
      if (name === undefined || form.test(name)) return [];
      return [{ path: field, message: `"${name}" is not ${says}` }];
    }),
};
