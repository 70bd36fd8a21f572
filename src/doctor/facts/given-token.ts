import type { Blueprint } from '../../blueprint/blueprint.ts';
import { type Claims, objectOf, readToken } from '../../gitlab/id-token.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';
import { ProblemError } from '../../text/problem.ts';
import type { Facts, Variables } from './facts.ts';
import { askedOf, questionOf } from './question.ts';
import type { QuestionFlags } from './question-flags.ts';

/** The token, or the job that flags describe, and the claims that were assumed because they were not given. */
interface GivenToken {
  readonly facts: Pick<Facts, 'token' | 'claims' | 'given' | 'unknown'>;
  readonly assumed: readonly string[];
}

interface TokenFlags extends QuestionFlags {
  readonly claims?: string;
  readonly issuer?: string;
}

/** @throws {ProblemError} for a file that cannot be read, and flags that contradict each other */
export async function givenToken(
  flags: TokenFlags,
  job: Variables | undefined,
  blueprint: Blueprint | undefined,
): Promise<GivenToken> {
  const { claims, 'token-file': file, project, sub } = flags;
  if (claims !== undefined) return withClaims(flags, await pasted(claims));
  if (file !== undefined) return withToken(flags, await readFlagText(file, '--token-file'));
  if (project !== undefined || sub !== undefined) {
    const iss = flags.issuer ?? blueprint?.issuer.url ?? 'https://gitlab.com';
    const question = questionOf(flags, issuerOfUrl(iss), blueprint);
    return { facts: askedOf({ iss, ...question.claims }, false), assumed: question.assumed };
  }
  const own = job?.['AWS_ID_TOKEN'];
  if (own) return withToken(flags, own);
  const named = job?.['AWS_WEB_IDENTITY_TOKEN_FILE'];
  if (named) return withToken(flags, await readFlagText(named, 'AWS_WEB_IDENTITY_TOKEN_FILE'));
  return { facts: {}, assumed: [] };
}

function withToken(flags: TokenFlags, text: string): GivenToken {
  const token = readToken(text);
  if (!('claims' in token)) return { facts: { token }, assumed: [] };
  const { facts, assumed } = withClaims(flags, token.claims);
  return { facts: { ...facts, token }, assumed };
}

/** All claims of a token, and what `--claim` adds. */
function withClaims(flags: TokenFlags, token: Claims): GivenToken {
  const { claims, assumed } = questionOf(flags, '', undefined, token);
  return { facts: askedOf(claims, true), assumed };
}

async function pasted(file: string): Promise<Claims> {
  const claims = objectOf(await readFlagText(file, '--claims'));
  if (typeof claims !== 'string') return claims;
  throw new ProblemError([
    {
      where: '--claims',
      what: `the file ${claims}`,
      fix: 'Write the claims of the token as one JSON object',
    },
  ]);
}
