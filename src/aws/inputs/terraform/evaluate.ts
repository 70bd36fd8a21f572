import type { Body, HclExpression } from '../hcl/syntax.ts';
import { partitionOf } from '../../../iam/role-fields.ts';
import { STAND_IN_ACCOUNT } from '../../../iam/arn.ts';
import { Undetermined, undeterminedIn } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';
import { aliasOf, type Configuration, type ConfiguredResource } from './configuration.ts';
import { computedAttribute } from './identity.ts';
import { policyOfDocument } from './policy-document.ts';
import type { Surroundings } from './resource.ts';

/** References that lead through more others than this lead in a circle. */
const DEEPEST = 50;

/** Evaluates what follows from the configuration alone: literals, locals, `jsonencode` and references to its resources. */
export class Evaluator {
  readonly #resources: ReadonlyMap<string, ConfiguredResource>;
  #depth = 0;

  constructor(private readonly configuration: Configuration) {
    this.#resources = new Map(configuration.resources.map((one) => [one.address, one]));
  }

  /** What the AWS provider of an alias says of all that it makes; nothing where it is not in these files. */
  surroundingsOf(alias: string): Surroundings {
    const given = this.configuration.providers.get(alias);
    const argument = (name: string) => {
      const expression = given?.get(name);
      return expression && this.value(expression);
    };
    const accounts = listOf(argument('allowed_account_ids'));
    return {
      account: accounts.length === 1 ? textOf(accounts[0]) : undefined,
      region: textOf(argument('region')),
    };
  }

  /** The arguments of a resource, with each kind of nested block as a list. */
  valuesOf(body: Body): JsonObject {
    const values: Record<string, unknown> = {};
    for (const { name, value } of body.attributes) values[name] = this.value(value);
    for (const { type, labels, body: inner } of body.blocks) {
      const isDynamic = type === 'dynamic';
      const name = isDynamic ? (labels[0] ?? '') : type;
      const value = isDynamic ? new Undetermined('a dynamic block makes it') : this.valuesOf(inner);
      values[name] = [...listOf(values[name]), value];
    }
    return values;
  }

  value(expression: HclExpression): unknown {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'list':
        return expression.items.map((one) => this.value(one));
      case 'object':
        return this.#object(expression.entries);
      case 'template':
        return this.#template(expression.parts);
      case 'reference':
        return this.#reference(expression.path);
      case 'call':
        return this.#call(expression.name, expression.args);
      case 'other':
        return new Undetermined(`this program does not evaluate ${short(expression.text)}`);
    }
  }

  #object(entries: readonly (readonly [HclExpression, HclExpression])[]): unknown {
    const found: [string, unknown][] = [];
    for (const [key, value] of entries) {
      const name = this.value(key);
      if (name instanceof Undetermined) return name;
      if (found.some(([other]) => other === String(name)))
        return new Undetermined(`${short(String(name))} is written twice`);
      found.push([String(name), this.value(value)]);
    }
    return Object.fromEntries(found);
  }

  #template(parts: readonly HclExpression[]): unknown {
    const values = parts.map((one) => this.value(one));
    const unknown = undeterminedIn(values);
    if (unknown) return unknown;
    if (values.length === 1) return values[0];
    return values.some((one) => typeof one === 'object')
      ? new Undetermined('a template holds a value that is not text')
      : values.map(String).join('');
  }

  #call(name: string, args: readonly HclExpression[]): unknown {
    const [only, ...others] = args;
    if (name !== 'jsonencode' || !only || others.length > 0)
      return new Undetermined(`this program does not evaluate ${name}()`);
    const value = this.value(only);
    return undeterminedIn(value) ?? JSON.stringify(value);
  }

  #reference(path: readonly string[]): unknown {
    if (this.#depth > DEEPEST) return new Undetermined(`${path.join('.')} refers to itself`);
    this.#depth += 1;
    try {
      return this.#resolved(path);
    } finally {
      this.#depth -= 1;
    }
  }

  #resolved(path: readonly string[]): unknown {
    const [first = '', second = ''] = path;
    if (first === 'local') {
      const local = this.configuration.locals.get(second);
      if (!local) return new Undetermined(`local.${second} is not in these files`);
      return stepsInto(this.value(local), path.slice(2), path.join('.'));
    }
    const length = first === 'data' ? 3 : 2;
    const address = path.slice(0, length).join('.');
    const resource = this.#resources.get(address);
    if (!resource) return new Undetermined(`${path.join('.')} is not in these files`);
    const [attribute, ...steps] = path.slice(length);
    if (attribute === undefined || isRepeated(resource.body))
      return new Undetermined(`${path.join('.')} is one of several`);
    return stepsInto(this.#attribute(resource, attribute), steps, path.join('.'));
  }

  #attribute({ address, type, body }: ConfiguredResource, attribute: string): unknown {
    const written = body.attributes.find(({ name }) => name === attribute);
    if (written) return this.value(written.value);
    const surroundings = this.surroundingsOf(aliasOf(body));
    const { account, region } = surroundings;
    if (type === 'aws_caller_identity' && attribute === 'account_id')
      return account ?? STAND_IN_ACCOUNT;
    if (type === 'aws_partition' && attribute === 'partition' && region !== undefined)
      return partitionOf(region);
    const values = this.valuesOf(body);
    if (type === 'aws_iam_policy_document' && attribute === 'json') {
      const policy = policyOfDocument(values);
      return undeterminedIn(policy) ?? JSON.stringify(policy);
    }
    const computed = computedAttribute({ type, values }, attribute, surroundings);
    return computed ?? new Undetermined(`${address}.${attribute} is known after the apply`);
  }
}

/** Whether `count` or `for_each` makes it several times, or not at all. */
export function isRepeated({ attributes }: Body): boolean {
  return attributes.some(({ name }) => name === 'count' || name === 'for_each');
}

function stepsInto(value: unknown, steps: readonly string[], reference: string): unknown {
  let found = value;
  for (const step of steps) {
    if (found instanceof Undetermined) return found;
    const key = step.replace(/^\["?|"?\]$/g, '');
    const inside = Array.isArray(found) || isObject(found) ? Object.entries(found) : [];
    const member = inside.find(([name]) => name === key);
    if (!member) return new Undetermined(`${reference} does not exist`);
    found = member[1];
  }
  return found;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
