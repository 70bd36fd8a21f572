import { shown, type Flaw } from '../text/flaw.ts';
import { flawOfJson, numberFlaw } from '../text/json-text.ts';

/** A token's claims by name, of any type: nothing vouches for them yet. */
export type Claims = Readonly<Record<string, unknown>>;

/** An ID token, read but not believed. */
export interface Token {
  /** Never to be printed: anyone who has it can sign in. */
  readonly text: string;
  readonly header: Claims;
  readonly claims: Claims;
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const LONGEST = 20_000;

const FROM_GITLAB =
  'Take the ID token whole, as the job gets it from id_tokens: three parts with dots between them';

/**
 * Reads a signed JSON Web Token in its compact form.
 *
 * @returns the token, or what makes it none; never with a part of it in the words
 * @see https://datatracker.ietf.org/doc/html/rfc7519
 */
export function readToken(text: string): Token | { flaw: Flaw } {
  const flaw = (what: string, fix = FROM_GITLAB) => ({ flaw: { what, fix } });
  const trimmed = text.trim();
  if (trimmed === '') return flaw('the token is empty');
  if (trimmed.length > LONGEST) {
    return flaw(`the token has ${trimmed.length} characters, and AWS allows ${LONGEST}`);
  }
  const parts = trimmed.split('.');
  if (parts.length === 5) {
    return flaw(
      'the token is encrypted (a JWE of five parts), but AWS accepts signed tokens only',
      'Take the token of id_tokens, which GitLab signs and does not encrypt',
    );
  }
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]*$/.test(part))) {
    return flaw(
      parts.length < 3 && /^ey[\w.-]*$/.test(trimmed)
        ? `the token is cut off: it has ${parts.length} of three parts`
        : 'this is not a JSON Web Token',
    );
  }
  const header = objectIn(parts[0]);
  const claims = objectIn(parts[1]);
  if (typeof header === 'string') return flaw(`the header of the token ${header}`);
  if (typeof claims === 'string') return flaw(`the middle part of the token ${claims}`);
  const { alg } = header;
  if (alg === 'none' || parts[2] === '') {
    return flaw(`the token is not signed${alg === 'none' ? ' (alg: none)' : ''}`);
  }
  if (alg !== 'RS256') {
    return flaw(`the token is signed by ${shown(String(alg))}, and GitLab signs by RS256`);
  }
  return { text: trimmed, header, claims };
}

/** The object that a part holds, or what is wrong with it. */
function objectIn(part = ''): Claims | string {
  const json = Buffer.from(part, 'base64url').toString('utf8');
  return objectOf(json);
}

/** Reads a JSON object each of whose members is there once, and each of whose numbers can be kept as written. */
export function objectOf(json: string): Claims | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'is not a JSON object';
  }
  return flawOfJson(json) ?? numberFlaw(json) ?? { ...value };
}
