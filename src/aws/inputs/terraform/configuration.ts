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

/** A configuration of Terraform: the files of one folder, or one `cdk.tf.json`. */
export interface Configuration {
  readonly resources: readonly ConfiguredResource[];
  readonly locals: ReadonlyMap<string, HclExpression>;
  /** Arguments of the AWS provider that has no alias. */
  readonly provider: ReadonlyMap<string, HclExpression>;
  /** Calls of modules, which are not followed. */
  readonly modules: readonly { readonly name: string; readonly at: JsonPath }[];
}
