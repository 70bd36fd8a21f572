import type { LintContext } from '../lint-context.ts';
import type { RoleRule } from '../rule.ts';

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

export const nameOutOfRange: RoleRule = {
  id: 'OIDC018',
  name: 'name-out-of-range',
  severity: 'error',
  harm: 'rejected',
  summary: 'A name that AWS rejects',
  why: 'IAM checks the length and characters of names only when it creates the role or when the job signs in. Both then fail with ValidationError.',
  example: 'The session name `acme/web` contains a slash: ValidationError … roleSessionName.',
  fix: 'Shorten it, and use only letters, digits and _+=,.@-. For a session, use gitlab-$CI_PROJECT_ID-$CI_JOB_ID',
  isAboutRole: true,
  check: ({ context }) =>
    FORMS.flatMap(({ field, form, says }) => {
      const name = context[field];
      if (name === undefined || form.test(name)) return [];
      return [{ path: field, message: `"${name}" is not ${says}` }];
    }),
};
