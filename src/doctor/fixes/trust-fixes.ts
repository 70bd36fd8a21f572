import { contextOf, issuerOfArn, readKey } from '../../iam/condition-keys.ts';
import { SUB_COMPONENTS } from '../../gitlab/subject.ts';
import { policyText } from '../../iam/policy.ts';
import { componentOf, readSubject } from '../../iam/subject.ts';
import { awsCommand } from './aws-command.ts';
import { answersFix } from './answers-fix.ts';
import type { Nearest } from '../nearest.ts';
import type { Claims } from '../../gitlab/id-token.ts';
import type { Facts, KnownTrust } from '../facts/facts.ts';
import { protectRef, subjectForm } from './gitlab-fixes.ts';
import { idTokensLines, type Fix } from '../../iam/messages/fix.ts';
import { admitting } from './policy-change.ts';
import { wantedProvider } from '../facts/token-facts.ts';

/** Every change that allows the token, the narrowest first. */
export function fixesOfTrust(facts: Facts, trust: KnownTrust, nearest: Nearest | undefined): Fix[] {
  if (!nearest) return [];
  const fixes = [
    audienceFix(facts, nearest),
    protectionFix(facts, nearest),
    subjectFormFix(facts, nearest),
    facts.repository ? answersFix(facts, facts.repository, nearest) : undefined,
    trust.from === 'answers' ? undefined : policyFix(facts, trust, nearest),
  ];
  return fixes.filter((fix) => fix !== undefined);
}

/** Where only the audience differs, the job requests the wrong one, unless the provider lists no other. */
function audienceFix(facts: Facts, { failing, principalDiffers }: Nearest): Fix | undefined {
  const [only] = failing;
  if (principalDiffers || failing.length !== 1 || !only || readKey(only.key).claim !== 'aud') {
    return undefined;
  }
  const audience = only.expected[0] ?? '';
  if (facts.provider && !facts.provider.audiences.includes(audience)) return undefined;
  return {
    place: 'ci',
    text: 'Request the token with the audience that the trust policy names',
    change: idTokensLines(audience),
  };
}

function protectionFix(facts: Facts, { failing, hint }: Nearest): Fix | undefined {
  return hint === 'unprotected-ref' && failing.length === 1 ? protectRef(facts) : undefined;
}

/** Where the project's subjects have another form, GitLab can be set to write the expected one. */
function subjectFormFix(facts: Facts, { failing, hint }: Nearest): Fix | undefined {
  const sub = failing.find(({ key }) => readKey(key).claim === 'sub');
  if (hint !== 'custom-subject' || !sub || !facts.claims) return undefined;
  const expected = readSubject(sub.expected[0] ?? '');
  if (!fits(expected.parts, facts.claims)) return undefined;
  const components = expected.parts.map(({ name }) =>
    SUB_COMPONENTS.find((component) => component === name),
  );
  const known = components.filter((component) => component !== undefined);
  return known.length === components.length ? subjectForm(facts, known) : undefined;
}

/** Whether a subject of that form would match, as far as the claims show it. */
function fits(parts: readonly { name: string; value: string }[], claims: Claims): boolean {
  const own = readSubject(typeof claims['sub'] === 'string' ? claims['sub'] : '');
  return parts.every(({ name, value }) => {
    const known = claims[name] ?? componentOf(own, name);
    return known === undefined || known === value || value.includes('*');
  });
}

function policyFix(facts: Facts, { policy }: KnownTrust, nearest: Nearest): Fix | undefined {
  const { role, claims } = facts;
  const provider = wantedProvider(facts) ?? nearest.provider;
  const issuer = issuerOfArn(provider);
  if (!claims || issuer === undefined) return undefined;
  const document = admitting(policy, nearest.index, nearest.failing, {
    provider,
    trusted: !nearest.principalDiffers,
    issuer,
    context: contextOf(issuer, claims),
  });
  return {
    place: 'aws',
    text: `To allow this job, extend ${nearest.path} of the trust policy with its token`,
    change: awsCommand('iam update-assume-role-policy', {
      RoleName: role && 'name' in role ? role.name : 'NAME',
      PolicyDocument: policyText(document),
    }),
  };
}
