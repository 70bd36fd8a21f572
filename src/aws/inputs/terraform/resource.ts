import type { Partition } from '../../../iam/arn.ts';
import type { JsonPath } from '../text/parse-json.ts';
import type { JsonObject } from '../../../text/json-object.ts';

/** A resource or data source of Terraform, from a state, a plan or a configuration. */
export interface TerraformResource {
  /** With module and index: `module.ci[0].aws_iam_role.deploy["web"]`. */
  readonly address: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  /** Attributes; what is not determined is {@link Undetermined}. */
  readonly values: JsonObject;
  readonly at: JsonPath;
  /** What the block is in the files, where one module makes it for several accounts. */
  readonly sharedAs?: string;
}

/** What is known of the account that the resources are in. */
export interface Surroundings {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Where it is known without the region. */
  readonly partition?: Partition | undefined;
}
