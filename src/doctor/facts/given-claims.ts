import { vocabularyOf } from '../../access/tokens/claims.ts';
import { ID, isText } from '../../access/tokens/grammar.ts';
import { presenceOf } from '../../access/tokens/request-keys.ts';
import { isAwsKey } from '../../iam/condition-keys.ts';
import { readRange } from '../../iam/evaluate/operators/ip-address.ts';
import { readSubject } from '../../iam/subject.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import type { QuestionFlags } from './question-flags.ts';

/**
 * What `--claim` says, by name. It must be possible in one token: the other flags and the subject say nothing else.
 *
 * @throws {ProblemError} for a claim that no token has together with the rest, and a key that no call has
 */
export function givenClaims(flags: QuestionFlags): Readonly<Record<string, string>> {
  const given = Object.fromEntries((flags.claim ?? []).map(pair));
  const byFlags = claimsOfFlags(flags);
  for (const [name, value] of Object.entries(given)) {
    const flaw = nameFlaw(name) ?? valueFlaw(name, value);
    if (flaw) throw refused(flaw.what, flaw.fix);
    const other = byFlags.find((one) => one.claim === name && one.value !== value);
    if (other) {
      throw refused(
        `the claim ${name} is ${shown(value)}, but ${other.flag} says ${shown(other.value)}`,
        `Leave out --claim ${name}, or ${other.flag}`,
      );
    }
  }
  if (given['sub'] !== undefined && flags.project !== undefined)
    throw refused(
      'the claim sub cannot be combined with --project',
      'Give the whole subject with --sub',
    );
  return given;
}

function claimsOfFlags(flags: QuestionFlags) {
  const { project, branch, tag, sub, aud } = flags;
  const all: readonly (readonly [string, string, string | undefined])[] = [
    ['project_path', '--project', project],
    ['project_id', '--project-id', flags['project-id']],
    ['ref', '--branch', branch],
    ['ref', '--tag', tag],
    ['ref_type', '--branch', branch === undefined ? undefined : 'branch'],
    ['ref_type', '--tag', tag === undefined ? undefined : 'tag'],
    ['ref_protected', '--protected', flags.protected ? 'true' : undefined],
    ['pipeline_source', '--mr', flags.mr ? 'merge_request_event' : undefined],
    ['aud', '--aud', aud],
    ['sub', '--sub', sub],
    ...readSubject(sub ?? '').parts.map(({ name, value }) => [name, '--sub', value] as const),
  ];
  return all.flatMap(([claim, flag, value]) =>
    value === undefined ? [] : [{ claim, flag, value }],
  );
}

interface ClaimFlaw {
  readonly what: string;
  readonly fix: string;
}

function nameFlaw(name: string): ClaimFlaw | undefined {
  if (!isAwsKey(name)) {
    const claim = /^[^:]+\.[^:]+:(\w+)$/.exec(name)?.[1];
    return claim === undefined
      ? undefined
      : {
          what: `${shown(name)} is a condition key`,
          fix: `Give the claim of the token: ${claim}=VALUE`,
        };
  }
  return presenceOf(name) === 'never'
    ? {
        what: `${shown(name)} is absent from every call with a GitLab token`,
        fix: 'Leave it out: the decision is the same for every job',
      }
    : undefined;
}

function valueFlaw(name: string, value: string): ClaimFlaw | undefined {
  if (/^aws:(vpc)?sourceip$/i.test(name)) {
    return readRange(value)
      ? undefined
      : {
          what: `${shown(value)} is not an address`,
          fix: 'Give an IP address, such as 203.0.113.7',
        };
  }
  const vocabulary = vocabularyOf(name);
  if ('grammar' in vocabulary) {
    return vocabulary.grammar !== ID || isText(ID, value)
      ? undefined
      : {
          what: `the claim ${name} is ${shown(value)}`,
          fix: 'Give an ID in digits, without a leading zero',
        };
  }
  // A later GitLab can know more sources, roles and tiers, but not another truth value or kind of ref.
  const isClosed = /^(ref_type|ref_protected|environment_protected)$/.test(name);
  return !isClosed || vocabulary.listed.includes(value)
    ? undefined
    : {
        what: `the claim ${name} is ${shown(value)}`,
        fix: `Give ${vocabulary.listed.join(' or ')}`,
      };
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw refused(`${shown(text)} has no =`, 'Write it as NAME=VALUE');
  return [text.slice(0, at), text.slice(at + 1)];
}

function refused(what: string, fix: string): ProblemError {
  return new ProblemError([{ where: '--claim', what, fix }]);
}
