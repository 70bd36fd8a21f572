import { shown } from '../../text/flaw.ts';
import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const sessionName: Check = {
  name: 'session name',
  examine: ({ session: { name } }) => {
    if (name === undefined) {
      return unknown('none was given; give --session-name, or set AWS_ROLE_SESSION_NAME');
    }
    if (/^[\w+=,.@-]{2,64}$/.test(name)) return ok(`${name} is one that STS takes`);
    const wrong =
      name.length > 64 || name.length < 2
        ? `has ${name.length} characters, and STS takes 2 to 64`
        : `holds ${shown(/[^\w+=,.@-]/.exec(name)?.[0] ?? '')}, and STS takes letters, digits and _+=,.@-`;
    return failed(`the session name ${shown(name)} ${wrong}`, {
      place: 'shell',
      text: 'Name the session by numbers, not by a path',
      change: 'export AWS_ROLE_SESSION_NAME="gitlab-${CI_PROJECT_ID}-${CI_JOB_ID}"',
    });
  },
};
