import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  IAMClient,
  NoSuchEntityException,
  type Role,
} from '@aws-sdk/client-iam';
import {
  createLocalJWKSet,
  decodeJwt,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import { isLetIn } from '../tools/trust-decision.ts';

/** A refusal as STS words it. */
export class StsRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where an issuer's documents are, for this machine. */
export interface KnownIssuer {
  readonly url: string;
  readonly address: string;
  /** Those of its certificate, one of which the provider must list; without any, AWS trusts the CA that signed it. */
  readonly thumbprints?: readonly string[];
}

const DENIED = new StsRefusal(
  'AccessDenied',
  'Not authorized to perform sts:AssumeRoleWithWebIdentity',
);

const NO_KEY = new StsRefusal(
  'InvalidIdentityToken',
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
);

const THUMBPRINT = new StsRefusal(
  'InvalidIdentityToken',
  "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
);

const DEFAULT_DURATION = 3600;

/** A region of each partition, for IAM's global endpoint. */
const REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * Decides on a call of AssumeRoleWithWebIdentity as AWS does, by the role and the OIDC provider that IAM has.
 *
 * @param iam the URL of an IAM that holds both
 * @throws {StsRefusal} with AWS's code and message
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export async function admit(
  call: URLSearchParams,
  iam: string,
  issuers: readonly KnownIssuer[],
): Promise<void> {
  const duration = checkedParameters(call);
  const [, partition = '', , , account = '', resource = ''] = (call.get('RoleArn') ?? '').split(
    ':',
  );
  const client = new IAMClient({
    endpoint: iam,
    region: REGIONS[partition] ?? '',
    credentials: { accessKeyId: 'gate', secretAccessKey: 'gate' },
  });
  // The roles and providers of the account in question; moto would take those of its own.
  client.middlewareStack.add(
    (next) => (given) => {
      const { request } = given as { request: { headers: Record<string, string> } };
      request.headers['x-moto-account-id'] = account;
      return next(given);
    },
    { step: 'build' },
  );
  try {
    const token = call.get('WebIdentityToken') ?? '';
    const claims = decoded(token);
    const prefix = (claims.iss ?? '').replace(/^https:\/\//, '');
    const provider = `arn:${partition}:iam::${account}:oidc-provider/${prefix}`;
    const thumbprints = await checkProvider(client, provider, claims);
    await verify(token, claims.iss ?? '', issuers, thumbprints);
    const role = await roleOf(client, resource, call.get('RoleArn') ?? '');
    if (duration > (role.MaxSessionDuration ?? DEFAULT_DURATION)) {
      throw new StsRefusal(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const policy = decodeURIComponent(role.AssumeRolePolicyDocument ?? '');
    if (!(await isLetIn(policy, provider, claims))) throw DENIED;
  } finally {
    client.destroy();
  }
}

/** The session's length in seconds; the call's own form comes before everything that it asks for. */
function checkedParameters(call: URLSearchParams): number {
  const name = call.get('RoleSessionName') ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    const rule =
      name.length > 64
        ? 'Member must have length less than or equal to 64'
        : 'Member must satisfy regular expression pattern: [\\w+=,.@-]*';
    throw invalid(name, 'roleSessionName', rule);
  }
  const duration = Number(call.get('DurationSeconds') ?? DEFAULT_DURATION);
  if (duration < 900) {
    throw invalid(
      duration,
      'durationSeconds',
      'Member must have value greater than or equal to 900',
    );
  }
  if (duration > 43200) {
    throw invalid(
      duration,
      'durationSeconds',
      'Member must have value less than or equal to 43200',
    );
  }
  return duration;
}

function invalid(value: string | number, parameter: string, rule: string): StsRefusal {
  return new StsRefusal(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: ${rule}`,
  );
}

/** STS does not tell a role that is not there from one that is closed. */
async function roleOf(client: IAMClient, resource: string, arn: string): Promise<Role> {
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const { Role: role } = await found(client.send(new GetRoleCommand({ RoleName: name })), DENIED);
  if (role?.Arn !== arn) throw DENIED;
  return role;
}

function decoded(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new StsRefusal('InvalidIdentityToken', 'The ID Token provided is not a valid JWT.');
  }
}

/** The thumbprints that the provider lists. */
async function checkProvider(
  client: IAMClient,
  provider: string,
  { iss, aud }: JWTPayload,
): Promise<readonly string[]> {
  const { ClientIDList: known, ThumbprintList: thumbprints } = await found(
    client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider })),
    new StsRefusal(
      'InvalidIdentityToken',
      `No OpenIDConnect provider found in your account for ${iss ?? ''}`,
    ),
  );
  if (aud === undefined) {
    throw new StsRefusal('InvalidIdentityToken', 'Missing a required claim: aud');
  }
  if (![aud].flat().some((one) => known?.includes(one))) {
    throw new StsRefusal('InvalidIdentityToken', 'Incorrect token audience');
  }
  return thumbprints ?? [];
}

async function verify(
  token: string,
  iss: string,
  issuers: readonly KnownIssuer[],
  thumbprints: readonly string[],
): Promise<void> {
  const published = await publishedKeys(iss, issuers);
  const own = issuers.find(({ url }) => url === iss)?.thumbprints;
  if (own && !own.some((one) => thumbprints.includes(one))) throw THUMBPRINT;
  const keys = createLocalJWKSet(published);
  try {
    await jwtVerify(token, keys, { issuer: iss, algorithms: ['RS256'] });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) throw NO_KEY;
    if (error instanceof errors.JWTExpired) {
      throw new StsRefusal(
        'ExpiredTokenException',
        `Token expired: current date/time ${Math.floor(Date.now() / 1000)} must be before the expiration date/time ${error.payload.exp ?? ''}`,
      );
    }
    throw new StsRefusal(
      'InvalidIdentityToken',
      'The web identity token provided could not be validated.',
    );
  }
}

async function publishedKeys(iss: string, issuers: readonly KnownIssuer[]): Promise<JSONWebKeySet> {
  const issuer = issuers.find(({ url }) => url === iss);
  if (issuer === undefined) throw NO_KEY;
  const fetched = async (url: string): Promise<unknown> => {
    const response = await fetch(url.replace(issuer.url, issuer.address)).catch(() => undefined);
    if (!response?.ok) throw NO_KEY;
    return response.json();
  };
  const { issuer: own, jwks_uri: keys } = (await fetched(
    `${iss}/.well-known/openid-configuration`,
  )) as { issuer: string; jwks_uri: string };
  if (own !== iss) throw NO_KEY;
  return (await fetched(keys)) as JSONWebKeySet;
}

/** What IAM answers, or the refusal where it has no such thing. */
async function found<T>(answer: Promise<T>, otherwise: StsRefusal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchEntityException) throw otherwise;
    throw error;
  }
}
