import { shown } from '../../text/flaw.ts';
import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const sessionName: Check = {
  id: 'DOC003',
  name: 'session name',
  about: 'the session name: 2 to 64 letters, digits and `_+=,.@-`',
  needs: 'the job, or `--session-name`',
  examine: ({ session: { name } }) => {
    if (name === undefined) {
      return unknown('none was given; add --session-name, or set AWS_ROLE_SESSION_NAME');
    }
    if (/^[\w+=,.@-]{2,64}$/.test(name)) return ok(`STS accepts ${name}`);
    const wrong =
      name.length > 64 || name.length < 2
        ? `has ${name.length} characters, but STS accepts 2 to 64`
        : `contains ${shown(/[^\w+=,.@-]/.exec(name)?.[0] ?? '')}, but STS accepts letters, digits and _+=,.@-`;
    return failed(`the session name ${shown(name)} ${wrong}`, {
      place: 'shell',
      text: 'Build the session name from ids, not from a path',
      change: 'export AWS_ROLE_SESSION_NAME="gitlab-${CI_PROJECT_ID}-${CI_JOB_ID}"',
    });
  },
};
