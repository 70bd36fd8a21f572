import type { Body, HclExpression } from '../hcl/syntax.ts';
import type { JsonPath } from '../text/parse-json.ts';

/** A resource or data source as the configuration writes it. */
export interface ConfiguredResource {
  readonly address: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly body: Body;
  readonly at: JsonPath;
}

/** The alias of the AWS provider that makes a resource; empty for the one without an alias. */
export function aliasOf({ attributes }: Body): string {
  const chosen = attributes.find(({ name }) => name === 'provider')?.value;
  // In JSON it is a text, which has the form of a template.
  const parts = chosen?.kind === 'template' ? chosen.parts : [chosen];
  const [only] = parts;
  if (only?.kind === 'reference') return only.path.slice(1).join('.');
  return only?.kind === 'literal' ? String(only.value).split('.').slice(1).join('.') : '';
}

/** The alias and the arguments of an AWS provider. */
export function providerOf({ attributes }: Body): [string, ReadonlyMap<string, HclExpression>] {
  const given = new Map(attributes.map(({ name, value }) => [name, value]));
  const alias = given.get('alias');
  const text = alias?.kind === 'template' && alias.parts.length === 1 ? alias.parts[0] : alias;
  return [text?.kind === 'literal' ? String(text.value) : '', given];
}

/** A configuration of Terraform: the files of one folder, or one `cdk.tf.json`. */
export interface Configuration {
  readonly resources: readonly ConfiguredResource[];
  readonly locals: ReadonlyMap<string, HclExpression>;
  /** Arguments of each AWS provider, by its alias; the one without an alias has an empty name. */
  readonly providers: ReadonlyMap<string, ReadonlyMap<string, HclExpression>>;
  /** Calls of modules, which are not followed. */
  readonly modules: readonly { readonly name: string; readonly at: JsonPath }[];
}
