import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { failed, ok, unknown } from '../outcome.ts';

/** Clocks may differ by this much. Seconds. */
const LEEWAY = 300;

export const tokenTimes: Check = {
  id: 'DOC012',
  name: 'token times',
  about: '`exp` and `nbf` against the clock',
  needs: 'the token',
  examine: (facts) => {
    const { now } = facts;
    const exp = time(facts, 'exp');
    if (exp === undefined) return unknown('the exp of the token is unknown');
    if (exp <= now) {
      return failed(`the token expired ${duration(now - exp)} ago`, {
        place: 'ci',
        text: 'Run the job again. A token is valid for the timeout of its job: sign in early, and raise the timeout of a job that signs in late',
        change: 'timeout: 3h',
      });
    }
    const begins = time(facts, 'nbf') ?? time(facts, 'iat') ?? 0;
    if (begins > now + LEEWAY) {
      return failed(
        `the token becomes valid in ${duration(begins - now)}: the clock of GitLab or of this machine is wrong`,
        { place: 'gitlab', text: 'Synchronize the clocks with NTP, and run the job again' },
      );
    }
    return ok(`it is valid for another ${duration(exp - now)}`);
  },
};

function time({ claims }: Facts, name: string): number | undefined {
  const value = claims && Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} hours`
    : `${Math.round(seconds / 86_400)} days`;
}
