import type { Ref } from '../gitlab/ref.ts';
import type { Box } from './tokens/box.ts';
import { vocabularyOf } from './tokens/claims.ts';
import { describeCells, type Values } from './describe.ts';
import type { Dimension } from './tokens/dimension.ts';
import type { Space } from './tokens/space.ts';
import type { SubjectForm } from './subject-forms.ts';
import { keyOfTest, type Test } from './tokens/test.ts';
import { type Witness, witnessOf } from './witness.ts';

/** A condition that a token or a request must meet in addition to its project and ref. */
export type Limit =
  | { readonly on: 'protected'; readonly is: boolean }
  | { readonly on: 'environment'; readonly protected: boolean }
  | { readonly on: 'tier' | 'source' | 'runner'; readonly any: readonly string[] }
  /** A claim that is compared with texts, such as `namespace_id` or `user_login`. */
  | { readonly on: 'claim'; readonly claim: string; readonly values: Values }
  /** A key of AWS that is about the request, such as `aws:SourceIp`. */
  | { readonly on: 'request'; readonly key: string; readonly values: Values }
  /**
   * A condition that cannot be read, in canonical form; with `denies`, a Deny statement of which it is not known whether it
   * is about the role.
   */
  | { readonly on: 'unread'; readonly condition: string; readonly denies?: true };

/** The projects that may assume the role. */
export interface Who {
  readonly kind: 'project' | 'group' | 'pattern' | 'any';
  /** Path of the project or group, or a pattern of paths. */
  readonly path?: string;
  /** Ids or patterns of ids; none where any id is allowed. */
  readonly ids: readonly string[];
  /** Whether the ids are exact, so that no other project can take its place. */
  readonly idPinned: boolean;
  /** Paths or patterns of paths that are excluded nevertheless. */
  readonly exceptPaths: readonly string[];
}

/** Some tokens that may assume a role. */
export interface GrantTerms {
  readonly provider: string;
  readonly who: Who;
  /** Branches and tags, or patterns of them; `*` is any. */
  readonly refs: readonly Ref[];
  readonly exceptRefs: readonly Ref[];
  readonly limits: readonly Limit[];
  /** The audiences of which one must be in the token; any, where there is none. */
  readonly audiences: readonly string[];
  /**
   * What the subject must be built of. Where that is not GitLab's default, the project must be set to it
   * (`ci_id_token_sub_claim_components`), or nobody may assume the role.
   */
  readonly subjectForm: SubjectForm;
  /** Index of the statement that allows it. */
  readonly statement: number;
}

/** Some tokens that may assume a role, and one of them. */
export interface Grant extends GrantTerms {
  readonly witness: Witness;
}

/** The grants of one box: one for each project or group that it names. */
export function grantsOf(space: Space, box: Box, statement: number): Grant[] {
  const valuesOf = (name: string) => {
    const values = describe(space, box, name);
    return values && isToldElsewhere(name, values) ? values : undefined;
  };
  const paths = valuesOf('project_path');
  const ids = valuesOf('project_id');
  const types = describe(space, box, 'ref_type');
  const names = valuesOf('ref');
  const limits = limitsOf(space, box);
  const refs = refsOf(types, anyOf(names));
  const exceptRefs = refsOf(types, exceptOf(names));
  const audiences = textsOf(valuesOf('aud'));
  return pathsOf(paths).map((path) => {
    const at = space.indexOf.get('project_path');
    const part = at === undefined || path === undefined ? box : narrowed(space, box, at, path);
    const witness = witnessOf(space, part);
    return {
      provider: space.provider.arn,
      who: whoOf(path, paths, ids),
      refs,
      exceptRefs,
      limits,
      audiences,
      subjectForm: witness.form,
      statement,
      witness,
    };
  });
}

function describe(space: Space, box: Box, name: string): Values | undefined {
  const at = space.indexOf.get(name);
  const dimension = at === undefined ? undefined : space.dimensions[at];
  if (at === undefined || dimension === undefined) return undefined;
  return describeCells(dimension, box[at] ?? dimension.full, isListed(dimension, space));
}

function isListed({ name }: Dimension, { provider }: Space): boolean {
  return name === 'aud' ? provider.clientIds !== undefined : 'listed' in vocabularyOf(name);
}

function pathsOf(values: Values | undefined): (Test | undefined)[] {
  return values?.kind === 'tests' && values.any !== 'all' ? [...values.any] : [undefined];
}

function narrowed(space: Space, box: Box, at: number, test: Test): Box {
  const known = space.dimensions[at]?.tests.get(keyOfTest(test));
  return box.with(at, (box[at] ?? 0n) & (known?.cells ?? 0n));
}

function whoOf(path: Test | undefined, paths: Values | undefined, ids: Values | undefined): Who {
  const pinned = ids?.kind === 'tests' && ids.any !== 'all' ? ids.any : [];
  const common = {
    ids: pinned.map(({ value }) => value),
    idPinned: pinned.length > 0 && pinned.every(({ operator }) => operator === 'StringEquals'),
    exceptPaths: paths?.kind === 'tests' ? paths.except.map(({ value }) => value) : [],
  };
  if (path === undefined) return { kind: common.idPinned ? 'project' : 'any', ...common };
  if (path.operator !== 'StringLike') return { kind: 'project', path: path.value, ...common };
  const group = /^([^*?]+)\/\*$/.exec(path.value)?.[1];
  if (group !== undefined) return { kind: 'group', path: group, ...common };
  return { kind: 'pattern', path: path.value, ...common };
}

function anyOf(values: Values | undefined): readonly string[] {
  if (values?.kind !== 'tests' || values.any === 'all') return ['*'];
  return values.any.map(({ value }) => value);
}

function exceptOf(values: Values | undefined): readonly string[] {
  return values?.kind === 'tests' ? values.except.map(({ value }) => value) : [];
}

function refsOf(types: Values | undefined, names: readonly string[]): Ref[] {
  const chosen = (['branch', 'tag'] as const).filter(
    (type) => types?.kind !== 'listed' || types.values.includes(type),
  );
  return names.flatMap((name) => chosen.map((type) => ({ type, name })));
}

function textsOf(values: Values | undefined): string[] {
  if (values === undefined) return [];
  if (values.kind !== 'tests') return values.values.filter((one) => one !== undefined);
  return values.any === 'all' ? [] : values.any.map(({ value }) => value);
}

/** Whether a grant's own fields hold the values of a claim, so that no limit is needed. */
function isToldElsewhere(name: string, values: Values): boolean {
  if (name === 'ref_type') return true;
  if (!['project_path', 'project_id', 'ref', 'aud'].includes(name)) return false;
  if (values.kind !== 'tests') return values.kind === 'listed';
  const tests = [...(values.any === 'all' ? [] : values.any), ...values.except];
  const isPlain = tests.every(({ operator }) => /^String(Equals|Like)$/.test(operator));
  const isPositive = values.except.length === 0;
  // A path or a ref has a place for exceptions.
  return isPlain && (isPositive || name === 'project_path' || name === 'ref');
}

function limitsOf(space: Space, box: Box): Limit[] {
  return space.asked.flatMap(({ name, label, kind }): Limit[] => {
    const values = describe(space, box, name);
    if (values === undefined || isToldElsewhere(name, values)) return [];
    if (kind === 'unread') {
      const denies = space.undecided.has(name) && ({ denies: true } as const);
      return [{ on: 'unread', condition: name, ...denies }];
    }
    if (kind === 'request') return [{ on: 'request', key: label, values }];
    const any = textsOf(values);
    if (name === 'ref_protected') return [{ on: 'protected', is: any.includes('true') }];
    if (name === 'environment_protected')
      return [{ on: 'environment', protected: any.includes('true') }];
    if (name === 'deployment_tier') return [{ on: 'tier', any }];
    if (name === 'pipeline_source') return [{ on: 'source', any }];
    if (name === 'runner_environment') return [{ on: 'runner', any }];
    return [{ on: 'claim', claim: name, values }];
  });
}
