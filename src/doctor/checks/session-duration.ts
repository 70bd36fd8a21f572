import { QUOTAS } from '../../iam/quotas.ts';
import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';

export const sessionDuration: Check = {
  id: 'DOC014',
  name: 'session duration',
  about: 'the requested duration: 900 to 43,200 seconds, and at most what the role allows',
  needs: 'the job, or `--duration`',
  examine: (facts) => {
    const { seconds } = facts.session;
    if (seconds === undefined) return ok('none is requested, so a session lasts one hour');
    const most = facts.trust?.maxSessionDuration;
    const { askedSessionMin: least, sessionMax } = QUOTAS;
    if (!Number.isInteger(seconds) || seconds < least || seconds > sessionMax) {
      const cause = `the job requests ${seconds} seconds, but STS allows ${least} to ${sessionMax}`;
      return failed(cause, ask(Math.min(most ?? QUOTAS.sessionMin, QUOTAS.sessionMin)));
    }
    if (most === undefined) return unknown('the longest session of the role is unknown');
    if (seconds <= most) return ok(`${seconds} seconds, and the role allows ${most}`);
    return failed(
      `the job requests ${seconds} seconds, but the role allows ${most}`,
      ask(most),
      raise(facts, seconds),
    );
  },
};

function ask(seconds: number): Fix {
  return {
    place: 'ci',
    text: 'Request a shorter session',
    change: `variables:\n  AWS_ROLE_DURATION: "${seconds}"`,
  };
}

function raise({ repository, role }: Facts, seconds: number): Fix {
  if (repository) {
    return {
      place: 'answers',
      text: `Or allow a longer session at ${repository.locate(`${repository.where}.session_duration`)}, then run update and deploy`,
      change: `session_duration: ${seconds}`,
    };
  }
  return {
    place: 'aws',
    text: 'Or allow a longer session',
    change: awsCommand('iam update-role', {
      RoleName: role && 'name' in role ? role.name : 'NAME',
      MaxSessionDuration: seconds,
    }),
  };
}
