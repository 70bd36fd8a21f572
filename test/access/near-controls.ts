import fc from 'fast-check';
import type { OrganizationPolicy } from '../../src/access/role-context.ts';
import { deniesOf } from '../../src/access/controls.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import type { WebIdentityRequest } from '../../src/iam/evaluate/request.ts';
import { type Claims, policyAround, read } from './near-policies.ts';

/** RCPs that nearly fit a token, and what they come to by another way than that of the program. */

export const ROLE_ARN = 'arn:aws:iam::123456789012:role/ci/deploy';
const ROLE = { key: { account: '123456789012', name: 'deploy' }, arn: ROLE_ARN };

export type Statement = Readonly<Record<string, unknown>>;

export interface ControlDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** The resources of a statement, and whether the role is one of them. */
const RESOURCES: readonly (readonly [Statement, boolean])[] = [
  [{ Resource: '*' }, true],
  [{ Resource: '*' }, true],
  [{ Resource: ['arn:aws:s3:::x', 'arn:aws:iam::*:role/ci/*'] }, true],
  [{ Resource: 'arn:aws:iam::*:role/other' }, false],
  [{ NotResource: 'arn:aws:iam::*:role/other' }, true],
  [{ NotResource: ['arn:aws:iam::123456789012:role/*'] }, false],
];

export interface DrawnControl {
  readonly document: ControlDocument;
  /** The statements that are about the role. */
  readonly about: readonly Statement[];
}

/** An RCP around a token: its conditions are those of trust policies. */
export function controlAround(claims: Claims): fc.Arbitrary<DrawnControl> {
  return fc
    .tuple(
      policyAround(claims).map((one) => (one as ControlDocument).Statement),
      fc.array(fc.nat(RESOURCES.length - 1), { minLength: 3, maxLength: 3 }),
    )
    .map(([statements, places]) => {
      const drawn = statements.map((one, at) => {
        const [resource = {}, isAbout = false] = RESOURCES[places[at] ?? 0] ?? [];
        const { NotAction, ...plain } = one;
        const action = NotAction === undefined ? {} : { Action: 'sts:AssumeRoleWith*' };
        const statement: Statement = { ...plain, ...action, Effect: 'Deny', Principal: '*' };
        return { statement, resource, isAbout };
      });
      return {
        document: {
          Version: '2012-10-17',
          Statement: drawn.map(({ statement, resource }) => ({ ...statement, ...resource })),
        },
        about: drawn.filter(({ isAbout }) => isAbout).map(({ statement }) => statement),
      };
    });
}

export function controlOf(document: unknown, name = 'guard'): OrganizationPolicy {
  return { kind: 'resource-control', name, document, place: { file: `${name}.json`, path: '' } };
}

/** The statements of documents that hold for the role. */
export function deniesIn(...documents: readonly unknown[]) {
  return deniesOf({ ...ROLE, controls: documents.map((one) => controlOf(one)) });
}

/** A role of an account that may have an RCP. */
export interface DrawnRole {
  readonly policy: TrustPolicy;
  /** The statements of the RCP that are about the role. */
  readonly about: readonly Statement[];
  readonly controls: readonly OrganizationPolicy[];
  readonly denies: ReturnType<typeof deniesIn>;
}

/** @param freq of so many roles, one has no RCP */
export function roleAround(claims: Claims, freq = 5): fc.Arbitrary<DrawnRole> {
  return fc
    .tuple(policyAround(claims).map(read), fc.option(controlAround(claims), { freq }))
    .map(([policy, control]) => ({
      policy,
      about: control?.about ?? [],
      controls: control ? [controlOf(control.document)] : [],
      denies: control ? deniesIn(control.document) : [],
    }));
}

/** What AWS decides: the RCP is asked as a policy of its own, not together with the trust policy. */
export function roleAllows(
  { policy, about }: Pick<DrawnRole, 'policy' | 'about'>,
  asked: WebIdentityRequest,
): boolean {
  return [policy, allButThese(about)].every((one) => isAllowed(preparePolicy(one), asked));
}

/** A trust policy that allows everything which the statements of an RCP do not deny. */
export function allButThese(about: readonly Statement[]) {
  return read({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*' }, ...about],
  });
}
