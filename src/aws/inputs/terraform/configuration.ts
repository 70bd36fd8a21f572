import type { Place } from '../../../access/role-context.ts';
import type { Attribute, Block, Body, HclExpression } from '../hcl/syntax.ts';
import type { JsonPath } from '../text/parse-json.ts';

/**
 * Where a block stands, and an argument of it.
 *
 * @param address what a report calls the block, such as `module.ci.aws_iam_role.deploy[0]`
 */
export type BlockPlace = (address: string, argument: string | undefined) => Place;

/** A block with its place: in the files of a folder, or in one JSON document. */
export interface PlacedBlock extends Block {
  readonly place?: BlockPlace;
  /** In the JSON document. */
  readonly at?: JsonPath;
}

/** A resource or data source as the configuration writes it. */
export interface ConfiguredResource extends PlacedBlock {
  /** Without module and index: `data.aws_iam_policy_document.trust`. */
  readonly address: string;
  readonly resource: string;
  readonly mode: 'managed' | 'data';
}

/** A module of Terraform: the files of one folder, or one JSON document. */
export interface Configuration {
  /** By address. */
  readonly resources: ReadonlyMap<string, ConfiguredResource>;
  readonly locals: ReadonlyMap<string, HclExpression>;
  readonly variables: ReadonlyMap<string, Body>;
  readonly outputs: ReadonlyMap<string, HclExpression>;
  /** Each AWS provider by its alias; the one without an alias has an empty name. */
  readonly providers: ReadonlyMap<string, Body>;
  /** Calls of modules by name. */
  readonly calls: ReadonlyMap<string, PlacedBlock>;
  /** Blocks of a name that another block has: Terraform refuses them. */
  readonly twice: readonly PlacedBlock[];
}

/** What the blocks of a module come to. */
export function configurationOf(blocks: readonly PlacedBlock[]): Configuration {
  const twice: PlacedBlock[] = [];
  const named = <T>(kind: string, read: (block: PlacedBlock) => T) => {
    const found = new Map<string, T>();
    for (const block of blocks.filter(({ type }) => type === kind)) {
      const [name] = block.labels;
      if (name === undefined) continue;
      if (found.has(name)) twice.push(block);
      else found.set(name, read(block));
    }
    return found;
  };
  const resources = new Map<string, ConfiguredResource>();
  for (const block of blocks) {
    const resource = resourceOf(block);
    if (!resource) continue;
    if (resources.has(resource.address)) twice.push(block);
    else resources.set(resource.address, resource);
  }
  return {
    resources,
    locals: new Map(
      blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => [...argumentsOf(body)]),
    ),
    variables: named('variable', ({ body }) => body),
    outputs: new Map(
      [...named('output', ({ body }) => argumentsOf(body).get('value'))].flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    providers: new Map(
      blocks
        .filter(({ type, labels }) => type === 'provider' && labels[0] === 'aws')
        .map(({ body }) => [textIn(argumentsOf(body).get('alias')) ?? '', body]),
    ),
    calls: named('module', (block) => block),
    twice,
  };
}

function resourceOf(block: PlacedBlock): ConfiguredResource | undefined {
  const { type, labels } = block;
  const [resource, name] = labels;
  if ((type !== 'resource' && type !== 'data') || resource === undefined || name === undefined)
    return undefined;
  const mode = type === 'data' ? 'data' : 'managed';
  return { ...block, mode, resource, address: addressOf(block) };
}

/** `module.ci`, `data.aws_iam_role.deploy`, or `aws_iam_role.deploy`. */
export function addressOf({ type, labels }: Block): string {
  return [...(type === 'resource' ? [] : [type]), ...labels].join('.');
}

export function argumentsOf({ attributes }: Body): ReadonlyMap<string, HclExpression> {
  return new Map(attributes.map(({ name, value }) => [name, value]));
}

/** A text that stands there as it is. */
export function textIn(expression: HclExpression | undefined): string | undefined {
  const [only, ...others] = expression?.kind === 'template' ? expression.parts : [expression];
  return only?.kind === 'literal' && others.length === 0 ? String(only.value) : undefined;
}

/** The alias of the AWS provider that makes a resource; empty for the one without an alias. */
export function aliasOf({ attributes }: Body): string {
  const chosen = attributes.find(({ name }) => name === 'provider');
  return chosen === undefined ? '' : (aliasIn(chosen.value) ?? '');
}

/** `prod` of `aws.prod`, which is a text or an expression; empty for `aws`, `undefined` for anything else. */
export function aliasIn(expression: HclExpression): string | undefined {
  // In JSON it is a text, which has the form of a template.
  const [only] = expression.kind === 'template' ? expression.parts : [expression];
  if (only?.kind === 'reference') {
    const names = only.steps.flatMap((step) => (step.kind === 'attribute' ? [step.name] : []));
    return names.join('.');
  }
  return only?.kind === 'literal' ? String(only.value).split('.').slice(1).join('.') : undefined;
}

/** A body in which some arguments are others. */
export function overridden(body: Body, by: Body): Body {
  const names = new Set(by.attributes.map(({ name }) => name));
  const types = new Set(by.blocks.map(({ type }) => type));
  const kept = (one: Attribute) => !names.has(one.name) && !types.has(one.name);
  return {
    attributes: [...body.attributes.filter(kept), ...by.attributes],
    blocks: [
      ...body.blocks.filter(({ type }) => !types.has(type) && !names.has(type)),
      ...by.blocks,
    ],
  };
}
