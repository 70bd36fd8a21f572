import { QUOTAS } from '../../iam/quotas.ts';
import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';

export const sessionDuration: Check = {
  name: 'session duration',
  examine: (facts) => {
    const { seconds } = facts.session;
    if (seconds === undefined) return ok('none is asked for, so a session has one hour');
    const most = facts.trust?.maxSessionDuration;
    const { askedSessionMin: least, sessionMax } = QUOTAS;
    if (!Number.isInteger(seconds) || seconds < least || seconds > sessionMax) {
      const cause = `the job asks for ${seconds} seconds, and STS gives ${least} to ${sessionMax}`;
      return failed(cause, ask(Math.min(most ?? QUOTAS.sessionMin, QUOTAS.sessionMin)));
    }
    if (most === undefined) return unknown('the role’s longest session is not known');
    if (seconds <= most) return ok(`${seconds} seconds, and the role allows ${most}`);
    return failed(
      `the job asks for ${seconds} seconds, and the role allows ${most}`,
      ask(most),
      raise(facts, seconds),
    );
  },
};

function ask(seconds: number): Fix {
  return {
    place: 'ci',
    text: 'Ask for less',
    change: `variables:\n  AWS_ROLE_DURATION: "${seconds}"`,
  };
}

function raise({ repository, role }: Facts, seconds: number): Fix {
  if (repository) {
    return {
      place: 'answers',
      text: `Or allow more, at ${repository.locate(`${repository.where}.session_duration`)}, then run update and deploy`,
      change: `session_duration: ${seconds}`,
    };
  }
  return {
    place: 'aws',
    text: 'Or allow more',
    change: awsCommand('iam update-role', {
      RoleName: role && 'name' in role ? role.name : 'NAME',
      MaxSessionDuration: seconds,
    }),
  };
}
