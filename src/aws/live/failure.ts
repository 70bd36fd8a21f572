import { without } from '../../terminal/secrets.ts';
import { awsErrorLine } from '../sdk.ts';

/**
 * Why AWS did not give what it was asked for. `credentials`: those that were used are missing, expired or not valid.
 */
export type LiveFailureKind = 'denied' | 'throttled' | 'credentials' | 'unreachable' | 'failed';

export interface LiveFailure {
  readonly kind: LiveFailureKind;
  /** One line without a secret. */
  readonly text: string;
}

/** The longest line that is reported, in characters. */
const LONGEST = 400;

/** Signatures of requests, and tokens of an identity provider, which an answer may repeat. */
const SIGNED = /[0-9a-f]{64}|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** @param secrets of the credentials that were used, which the text must not repeat */
export function failureOf(error: unknown, secrets: readonly string[]): LiveFailure {
  const line = without(secrets, awsErrorLine(error)).replace(SIGNED, '[hidden]');
  const text = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return { kind: kindOf(error), text };
}

const CREDENTIALS =
  /^(ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|MissingAuthenticationToken|IncompleteSignature|InvalidAccessKeyId|CredentialsProvider|TokenProvider)/;
const THROTTLED =
  /Throttl|^(TooManyRequests|RequestLimitExceeded|LimitExceeded|SlowDown|PriorRequestNotComplete)/;
const DENIED = /^(AccessDenied|UnauthorizedOperation|OptInRequired|AuthorizationError)/;
const NETWORK = /^(E[A-Z]{4,}|ERR_(TLS|SSL)_\w+|\w*CERT\w*|TimeoutError)$/;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
function kindOf(error: unknown): LiveFailureKind {
  if (!(error instanceof Error)) return 'failed';
  const { name } = error;
  if (CREDENTIALS.test(name)) return 'credentials';
  if (THROTTLED.test(name) || statusOf(error) === 429) return 'throttled';
  if (DENIED.test(name)) return 'denied';
  if (name === 'TimeoutError' || NETWORK.test(codeOf(error) ?? '')) return 'unreachable';
  return 'failed';
}

function statusOf(error: Error): unknown {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? metadata.httpStatusCode
    : undefined;
}

/** Of Node's error, which the SDK passes on, or of its cause. */
function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : undefined;
}
