import { providerArn, roleArn, STAND_IN_ACCOUNT } from '../../../iam/arn.ts';
import { issuerOfUrl } from '../../../iam/condition-keys.ts';
import { Undetermined, undeterminedIn } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { textOf } from '../values.ts';

/** Nested functions and references deeper than this lead in a circle. */
const DEEPEST = 50;
const ABSENT = Symbol('AWS::NoValue');

/** Resolves CloudFormation's functions as far as the template alone determines them. */
export class Intrinsics {
  #depth = 0;

  constructor(private readonly resources: JsonObject) {}

  /** A value without functions; what the template does not determine is {@link Undetermined}. */
  value(value: unknown): unknown {
    const found = this.#value(value);
    return found === ABSENT ? undefined : found;
  }

  #value(value: unknown): unknown {
    if (this.#depth > DEEPEST) return new Undetermined('functions are nested too deep');
    this.#depth += 1;
    try {
      if (Array.isArray(value))
        return value.map((one) => this.#value(one)).filter((one) => one !== ABSENT);
      if (!isObject(value)) return value;
      const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
      if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')))
        return this.#call(name, argument);
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
        return this.#ref(String(argument));
      case 'Fn::GetAtt':
        return Array.isArray(argument)
          ? this.#attribute(String(argument[0]), String(argument[1]))
          : new Undetermined('Fn::GetAtt has no list');
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::Join':
        return this.#join(argument);
      default:
        return new Undetermined(`${name} depends on the deployment`);
    }
  }

  #ref(name: string): unknown {
    if (name === 'AWS::AccountId') return STAND_IN_ACCOUNT;
    if (name === 'AWS::Partition') return 'aws';
    if (name === 'AWS::URLSuffix') return 'amazonaws.com';
    if (name === 'AWS::NoValue') return ABSENT;
    const resource = this.resources[name];
    if (!isObject(resource)) return new Undetermined(`${name} is given at the deployment`);
    if (resource['Type'] === 'AWS::IAM::Role')
      return (
        this.#property(name, 'RoleName') ?? new Undetermined(`AWS chooses the name of ${name}`)
      );
    return this.#attribute(name, 'Arn');
  }

  #attribute(name: string, attribute: string): unknown {
    const resource = this.resources[name];
    const type = isObject(resource) ? resource['Type'] : undefined;
    const unknown = new Undetermined(`${name}.${attribute} is known after the deployment`);
    if (attribute === 'Arn' && type === 'AWS::IAM::OIDCProvider') {
      const url = this.#property(name, 'Url');
      return url === undefined ? unknown : providerArn('aws', STAND_IN_ACCOUNT, issuerOfUrl(url));
    }
    const path = this.#property(name, 'Path') ?? '/';
    const own = this.#property(name, type === 'AWS::IAM::Role' ? 'RoleName' : 'ManagedPolicyName');
    if (own === undefined) return unknown;
    if (attribute === 'Arn' && type === 'AWS::IAM::Role')
      return roleArn('aws', STAND_IN_ACCOUNT, path, own);
    if (type === 'AWS::IAM::ManagedPolicy')
      return `arn:aws:iam::${STAND_IN_ACCOUNT}:policy${path}${own}`;
    return unknown;
  }

  #property(name: string, property: string): string | undefined {
    const resource = this.resources[name];
    const properties = isObject(resource) ? resource['Properties'] : undefined;
    return isObject(properties) ? textOf(this.value(properties[property])) : undefined;
  }

  #sub(argument: unknown): unknown {
    const [text, variables]: readonly unknown[] = Array.isArray(argument)
      ? (argument as unknown[])
      : [argument];
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
    const [separator, items]: readonly unknown[] = Array.isArray(argument)
      ? (argument as unknown[])
      : [];
    const values = this.value(items);
    const unknown = undeterminedIn(values);
    if (unknown) return unknown;
    return typeof separator === 'string' && Array.isArray(values)
      ? values.map(String).join(separator)
      : new Undetermined('Fn::Join has no separator and list');
  }
}
