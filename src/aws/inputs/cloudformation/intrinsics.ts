import {
  type Partition,
  PARTITIONS,
  providerArn,
  roleArn,
  STAND_IN_ACCOUNT,
} from '../../../iam/arn.ts';
import { issuerOfUrl } from '../../../iam/condition-keys.ts';
import { Undetermined, undeterminedIn } from '../undetermined.ts';
import { type JsonObject, isObject, plainText } from '../../../text/json-object.ts';
import { readDocument } from '../document.ts';
import { listOf, textOf } from '../values.ts';

/** Nested functions and references deeper than this lead in a circle. */
const DEEPEST = 50;
const ABSENT = Symbol('AWS::NoValue');

/** A value that is put in at the deployment, wherever it stands in a text. */
const DYNAMIC = /\{\{(resolve:[\w-]+:)/;

/** Types of the AWS CDK's own resources: a provider, and JSON whose keys are known after the deployment. */
export const CDK_PROVIDER = 'Custom::AWSCDKOpenIdConnectProvider';
const CDK_JSON = 'Custom::AWSCDKCfnJson';

/** Resolves CloudFormation's functions as far as the template alone determines them. */
export class Intrinsics {
  #depth = 0;
  readonly #partition: Partition;

  /** @param parameter the value of a parameter; `undefined` where the deployment gives it */
  constructor(
    private readonly resources: JsonObject,
    private readonly mappings: JsonObject,
    private readonly parameter: (name: string) => unknown,
  ) {
    this.#partition = partitionOfArns(JSON.stringify(resources));
  }

  /** A value without functions; what the template does not determine is {@link Undetermined}. */
  value(value: unknown): unknown {
    const found = this.#value(value);
    return found === ABSENT ? undefined : found;
  }

  #value(value: unknown): unknown {
    if (this.#depth > DEEPEST) return new Undetermined('functions are nested too deep');
    this.#depth += 1;
    try {
      if (typeof value === 'string') return fixed(value);
      if (Array.isArray(value))
        return value.map((one) => this.#value(one)).filter((one) => one !== ABSENT);
      if (!isObject(value)) return value;
      const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
      if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')))
        return fixed(this.#call(name, argument));
      return Object.fromEntries(
        Object.entries(value)
          .map(([key, one]): [string, unknown] => [key, this.#value(one)])
          .filter(([, one]) => one !== ABSENT),
      );
    } finally {
      this.#depth -= 1;
    }
  }

  #call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(plainText(argument));
      case 'Fn::GetAtt':
        return this.#attribute(...attributeIn(argument));
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::Join':
        return this.#join(argument);
      case 'Fn::If':
        return this.#either(argument);
      case 'Fn::FindInMap':
        return this.#findInMap(argument);
      case 'Fn::Select':
        return this.#select(argument);
      case 'Fn::Split':
        return this.#split(argument);
      default:
        return new Undetermined(`${name} depends on the deployment`);
    }
  }

  /** What both branches come to, since the deployment chooses one. */
  #either(argument: unknown): unknown {
    const [condition, first, second] = listOf(argument);
    const one = this.#value(first);
    return typeof one === 'string' && one === this.#value(second)
      ? one
      : new Undetermined(`the condition ${plainText(condition)} is decided at the deployment`);
  }

  #ref(name: string): unknown {
    if (name === 'AWS::AccountId') return STAND_IN_ACCOUNT;
    if (name === 'AWS::Partition') return this.#partition;
    if (name === 'AWS::URLSuffix') return 'amazonaws.com';
    if (name === 'AWS::NoValue') return ABSENT;
    const resource = this.resources[name];
    if (!isObject(resource))
      return this.parameter(name) ?? new Undetermined(`${name} is given at the deployment`);
    if (resource['Type'] === 'AWS::IAM::Role')
      return (
        this.#property(name, 'RoleName') ?? new Undetermined(`AWS chooses the name of ${name}`)
      );
    return this.#attribute(name, 'Arn');
  }

  #findInMap(argument: unknown): unknown {
    const keys = listOf(argument)
      .slice(0, 3)
      .map((one) => this.#value(one));
    const unknown = undeterminedIn(keys);
    if (unknown) return unknown;
    const found = keys.reduce<unknown>(
      (at, key) => (isObject(at) ? at[plainText(key)] : undefined),
      this.mappings,
    );
    return keys.length === 3 && found !== undefined
      ? found
      : new Undetermined(`the mapping ${keys.map(String).join('.')} is not in the template`);
  }

  #select(argument: unknown): unknown {
    const [index, items] = listOf(argument).map((one) => this.#value(one));
    if (items instanceof Undetermined) return items;
    return listOf(items)[Number(index)] ?? new Undetermined('Fn::Select selects nothing');
  }

  #split(argument: unknown): unknown {
    const [separator, text] = listOf(argument).map((one) => this.#value(one));
    if (text instanceof Undetermined) return text;
    return typeof separator === 'string' && typeof text === 'string'
      ? text.split(separator)
      : new Undetermined('Fn::Split has no separator and text');
  }

  #attribute(name: string, attribute: string): unknown {
    const resource = this.resources[name];
    const type = isObject(resource) ? resource['Type'] : undefined;
    const unknown = new Undetermined(`${name}.${attribute} is known after the deployment`);
    if (type === CDK_JSON && attribute === 'Value') return this.#jsonOf(name) ?? unknown;
    if (attribute === 'Arn' && (type === 'AWS::IAM::OIDCProvider' || type === CDK_PROVIDER)) {
      const url = this.#property(name, 'Url');
      return url === undefined
        ? unknown
        : providerArn(this.#partition, STAND_IN_ACCOUNT, issuerOfUrl(url));
    }
    const path = this.#property(name, 'Path') ?? '/';
    const own = this.#property(name, type === 'AWS::IAM::Role' ? 'RoleName' : 'ManagedPolicyName');
    if (own === undefined) return unknown;
    if (attribute === 'Arn' && type === 'AWS::IAM::Role')
      return roleArn(this.#partition, STAND_IN_ACCOUNT, path, own);
    if (type === 'AWS::IAM::ManagedPolicy')
      return `arn:${this.#partition}:iam::${STAND_IN_ACCOUNT}:policy${path}${own}`;
    return unknown;
  }

  #jsonOf(name: string): unknown {
    const value = this.#given(name, 'Value');
    if (typeof value !== 'string') return value;
    const document = readDocument(value);
    return 'json' in document ? document.json : undefined;
  }

  #property(name: string, property: string): string | undefined {
    return textOf(this.#given(name, property));
  }

  #given(name: string, property: string): unknown {
    const resource = this.resources[name];
    const properties = isObject(resource) ? resource['Properties'] : undefined;
    return isObject(properties) ? this.value(properties[property]) : undefined;
  }

  #sub(argument: unknown): unknown {
    const [text, variables] = Array.isArray(argument) ? listOf(argument) : [argument];
    if (typeof text !== 'string') return new Undetermined('Fn::Sub has no text');
    const given = isObject(variables) ? variables : {};
    let unknown: Undetermined | undefined;
    const result = text.replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      const dot = name.indexOf('.');
      const value =
        name in given
          ? this.value(given[name])
          : dot > 0
            ? this.#attribute(name.slice(0, dot), name.slice(dot + 1))
            : this.#ref(name);
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      unknown ??= undeterminedIn(value) ?? new Undetermined(`${name} is not text`);
      return '';
    });
    return unknown ?? result.replaceAll('${!', '${');
  }

  #join(argument: unknown): unknown {
    const [separator, items] = listOf(argument);
    const values = this.value(items);
    const unknown = undeterminedIn(values);
    if (unknown) return unknown;
    return typeof separator === 'string' && Array.isArray(values)
      ? values.map(String).join(separator)
      : new Undetermined('Fn::Join has no separator and list');
  }
}

/** A text is fixed unless the deployment puts a value of another service into it. */
function fixed(value: unknown): unknown {
  const reference = typeof value === 'string' ? DYNAMIC.exec(value)?.[1] : undefined;
  return reference === undefined
    ? value
    : new Undetermined(`{{${reference}…}} is put in at the deployment`);
}

/** `[Provider, Arn]` or, in YAML, `Provider.Arn`. */
function attributeIn(argument: unknown): [resource: string, attribute: string] {
  if (typeof argument !== 'string') {
    const [resource, attribute] = listOf(argument).map(String);
    return [resource ?? '', attribute ?? ''];
  }
  const dot = argument.indexOf('.');
  return [argument.slice(0, dot), argument.slice(dot + 1)];
}

/** The one partition that the ARNs of a template name; that of most accounts where they name none, or several. */
function partitionOfArns(template: string): Partition {
  const named = PARTITIONS.filter((partition) => template.includes(`arn:${partition}:`));
  return (named.length === 1 ? named[0] : undefined) ?? 'aws';
}
