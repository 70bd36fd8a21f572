import { Undetermined } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';

/** A resource of the plan, as far as it is needed to find its configuration. */
interface Located {
  /** `module.ci[0].aws_iam_role.deploy["web"]`. */
  readonly address: string;
  /** `module.ci[0]`, empty in the root. */
  readonly module: string;
}

/** What an expression refers to: a resource's address, and an attribute where the plan names one. */
interface Reference {
  readonly address: string;
  readonly attribute: string | undefined;
}

/** A module call is followed through at most as many others. */
const DEEPEST = 20;

/**
 * The `configuration` of a plan: it has no expressions, only what they refer to.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class PlanConfiguration {
  readonly #root: JsonObject;
  readonly #providers: readonly JsonObject[];

  constructor(configuration: unknown) {
    const all = isObject(configuration) ? configuration : {};
    this.#root = isObject(all['root_module']) ? all['root_module'] : {};
    const providers = isObject(all['provider_config']) ? all['provider_config'] : {};
    this.#providers = Object.values(providers)
      .filter(isObject)
      .filter(({ name }) => name === 'aws')
      .map(({ expressions }) => (isObject(expressions) ? expressions : {}));
  }

  /** The one account that every AWS provider is held to. */
  account(): string | undefined {
    return this.#common((provider) => {
      const accounts = listOf(constantOf(provider['allowed_account_ids']));
      return accounts.length === 1 ? textOf(accounts[0]) : undefined;
    });
  }

  /** The region that every AWS provider has. */
  region(): string | undefined {
    return this.#common((provider) => textOf(constantOf(provider['region'])));
  }

  #common(read: (provider: JsonObject) => string | undefined): string | undefined {
    const [value, ...others] = new Set(this.#providers.map(read));
    return others.length === 0 ? value : undefined;
  }

  expressionsOf({ address, module }: Located): JsonObject {
    const within = module === '' ? address : address.slice(module.length + 1);
    const plain = withoutKeys(within);
    const found = listOf(this.#module(module)['resources'])
      .filter(isObject)
      .find((one) => one['address'] === plain);
    return isObject(found?.['expressions']) ? found['expressions'] : {};
  }

  /** The only thing that an expression refers to, through module calls. */
  referenceOf(from: Located, expression: unknown): Reference | Undetermined {
    return this.#follow(from, expression, 0);
  }

  #follow(from: Located, expression: unknown, depth: number): Reference | Undetermined {
    const references = listOf(isObject(expression) ? expression['references'] : undefined)
      .filter((one) => typeof one === 'string')
      .filter((one) => !/^(each|count)\./.test(one));
    const ends = references.filter(
      (one) => !references.some((other) => /^[.[]/.test(restOf(other, one) ?? '')),
    );
    const [end, ...others] = new Set(ends);
    if (end === undefined || others.length > 0 || depth > DEEPEST) {
      const names = end === undefined ? '' : ` of ${[end, ...others].join(', ')}`;
      return new Undetermined(`the plan does not hold it; it is made${names} in the .tf files`);
    }
    const variable = /^var\.([^.[]+)$/.exec(end)?.[1];
    if (variable !== undefined) return this.#variable(from, variable, depth);
    const output = /^module\.([^.[]+)(\[[^\]]*\])?\.([^.[]+)$/.exec(end);
    if (output) return this.#output(from, output, depth);
    const resource = /^((?:data\.)?[a-z]\w*\.[^.[]+)(\[[^\]]+\])?(?:\.(\w+))?$/.exec(end);
    if (!resource || /^(local|path|terraform)\./.test(end))
      return new Undetermined(`the plan does not hold it; it is made of ${end} in the .tf files`);
    const [, name = '', key = '', attribute] = resource;
    const own = key === '' && attribute === undefined ? keyOf(from.address) : key;
    const prefix = from.module === '' ? '' : `${from.module}.`;
    return { address: `${prefix}${name}${own}`, attribute };
  }

  #variable(from: Located, name: string, depth: number): Reference | Undetermined {
    const parent = from.module.replace(/(^|\.)module\.[^.[]+(\[[^\]]*\])?$/, '');
    const call = /(?:^|\.)module\.([^.[]+)(?:\[[^\]]*\])?$/.exec(from.module)?.[1];
    const calls = this.#module(parent)['module_calls'];
    const called = isObject(calls) && call !== undefined ? calls[call] : undefined;
    const expressions = isObject(called) ? called['expressions'] : undefined;
    if (!isObject(expressions)) return new Undetermined(`var.${name} is known after the apply`);
    return this.#follow({ address: from.module, module: parent }, expressions[name], depth + 1);
  }

  #output(from: Located, match: RegExpExecArray, depth: number): Reference | Undetermined {
    const [, call = '', key = '', name = ''] = match;
    const module = `${from.module === '' ? '' : `${from.module}.`}module.${call}${key}`;
    const outputs = this.#module(module)['outputs'];
    const output = isObject(outputs) ? outputs[name] : undefined;
    const expression = isObject(output) ? output['expression'] : undefined;
    return this.#follow({ address: module, module }, expression, depth + 1);
  }

  #module(address: string): JsonObject {
    let module = this.#root;
    for (const { 1: name = '' } of address.matchAll(/(?:^|\.)module\.([^.[]+)(?:\[[^\]]*\])?/g)) {
      const calls = module['module_calls'];
      const call = isObject(calls) ? calls[name] : undefined;
      module = isObject(call) && isObject(call['module']) ? call['module'] : {};
    }
    return module;
  }
}

function constantOf(expression: unknown): unknown {
  return isObject(expression) ? expression['constant_value'] : undefined;
}

/** What follows in a text after its beginning; `undefined` where it begins otherwise. */
function restOf(text: string, beginning: string): string | undefined {
  return text.startsWith(beginning) ? text.slice(beginning.length) : undefined;
}

function withoutKeys(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

/** `["web"]` of `aws_iam_role.team["web"]`. */
function keyOf(address: string): string {
  return /\[[^\]]*\]$/.exec(address)?.[0] ?? '';
}
