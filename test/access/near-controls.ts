import fc from 'fast-check';
import type { OrganizationPolicy } from '../../src/access/role-context.ts';
import { deniesOf } from '../../src/access/controls.ts';
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

/** A trust policy that allows everything which the statements of an RCP do not deny. */
export function allButThese(about: readonly Statement[]) {
  return read({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*' }, ...about],
  });
}
