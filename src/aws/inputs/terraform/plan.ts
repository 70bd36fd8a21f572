import type { Collector } from '../collector.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { Undetermined, UnknownIdentifier } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';
import { computedAttribute, identifies, surroundingsOf, urlOfProvider } from './identity.ts';
import { PlanConfiguration } from './plan-configuration.ts';
import { MERGES, policyOfDocument } from './policy-document.ts';
import type { Surroundings, TerraformResource } from './resource.ts';
import { resourcesOf } from './state-values.ts';

/** A planned resource before the attributes are filled in that are known only after the apply. */
interface Planned extends TerraformResource {
  readonly module: string;
  readonly unknown: JsonObject;
}

/** The resources as AWS will have them after the apply, and the data sources that the plan has read. */
export function planResources(
  plan: JsonObject,
  at: JsonPath,
  into: Collector,
): { resources: TerraformResource[]; surroundings: Surroundings } {
  const configuration = new PlanConfiguration(plan['configuration']);
  const planned = plannedResources(plan['resource_changes'], [...at, 'resource_changes'], into);
  const prior = isObject(plan['prior_state']) ? plan['prior_state']['values'] : undefined;
  const read = resourcesOf(prior, [...at, 'prior_state', 'values'], into);
  const data = read.filter(({ mode }) => mode === 'data');
  const { account, partition } = surroundingsOf(read);
  const surroundings = {
    account: account ?? accountOfCaller(read) ?? configuration.account(),
    region: configuration.region(),
    partition,
  };
  const byAddress = new Map([...data, ...planned].map((one) => [one.address, one]));
  const filler = new Filler(configuration, byAddress, surroundings);
  return { resources: [...data, ...planned.map((one) => filler.filled(one))], surroundings };
}

function plannedResources(changes: unknown, at: JsonPath, into: Collector): Planned[] {
  return into.objects(changes, at, 'a resource').flatMap(([change, place]): Planned[] => {
    const own = isObject(change['change']) ? change['change'] : {};
    const { actions, before, after, after_unknown: unknown } = own;
    const type = textOf(change['type']) ?? '';
    const resource = (values: unknown, side: string, open: unknown): Planned[] => {
      const within = [...place, 'change', side];
      // A resource that will be removed has none after the apply.
      if (!isObject(values)) {
        if (values !== null) into.isNot('a resource', within);
        return [];
      }
      return [
        {
          address: textOf(change['address']) ?? type,
          module: textOf(change['module_address']) ?? '',
          type,
          mode: change['mode'] === 'data' ? 'data' : 'managed',
          values,
          unknown: isObject(open) ? open : {},
          at: within,
        },
      ];
    };
    // What Terraform forgets remains in AWS as it is.
    const forgotten = listOf(actions).includes('forget') ? resource(before, 'before', {}) : [];
    return [...forgotten, ...resource(after, 'after', unknown)];
  });
}

function accountOfCaller(resources: readonly TerraformResource[]): string | undefined {
  const caller = resources.find(({ type }) => type === 'aws_caller_identity');
  return textOf(caller?.values['account_id']);
}

/** Attributes that hold a policy document. */
const DOCUMENTS = ['assume_role_policy', 'policy'];

/** Whether an expression begins with the `url` of a provider: the plan has its scheme, which the applied one has not. */
function isUrlOfProvider(expression: unknown): boolean {
  const references = listOf(isObject(expression) ? expression['references'] : undefined);
  return references.some((one) =>
    /^(data\.)?aws_iam_openid_connect_provider\..*\.url$/.test(textOf(one) ?? ''),
  );
}

/** A text that merely refers to an ARN is not the ARN itself: the rest of it is in the .tf files alone. */
function ofDocument(value: unknown): unknown {
  if (typeof value !== 'string' || value.startsWith('{')) return value;
  return new Undetermined(`the plan does not hold it yet, only that it names ${value}`);
}

/** Fills in what the plan does not know yet and the configuration's references tell. */
class Filler {
  constructor(
    private readonly configuration: PlanConfiguration,
    private readonly byAddress: ReadonlyMap<string, TerraformResource>,
    private readonly surroundings: Surroundings,
  ) {}

  filled(resource: Planned): TerraformResource {
    const expressions = this.configuration.expressionsOf(resource);
    const filled = Object.entries(resource.unknown).flatMap(
      ([name, unknown]): [string, unknown][] => {
        if (unknown !== true || expressions[name] === undefined) return [];
        const value = this.#attribute(resource, expressions[name]);
        return [[name, DOCUMENTS.includes(name) ? ofDocument(value) : value]];
      },
    );
    return { ...resource, values: { ...resource.values, ...Object.fromEntries(filled) } };
  }

  /** The value of an expression that is one reference. */
  #attribute(from: Planned, expression: unknown): unknown {
    const reference = this.configuration.referenceOf(from, expression);
    if (reference instanceof Undetermined) return reference;
    const target = this.byAddress.get(reference.address);
    if (!target) return new Undetermined(`${reference.address} is not in the plan`);
    if (target.type === 'aws_iam_policy_document') return this.#document(target);
    const attribute = reference.attribute ?? 'arn';
    const known = target.values[attribute];
    const value = textOf(known) ?? computedAttribute(target, attribute, this.surroundings);
    if (value !== undefined) return value;
    const reason = `${reference.address}.${attribute} is known after the apply`;
    return identifies(target.type, attribute)
      ? new UnknownIdentifier(reason, target.address)
      : new Undetermined(reason);
  }

  #document(target: TerraformResource): unknown {
    const known = textOf(target.values['json']);
    if (known !== undefined || !('unknown' in target)) return known;
    const planned = target as Planned;
    const expressions = this.configuration.expressionsOf(planned);
    const { values, unknown } = planned;
    const filled = ['statement', ...MERGES].map((name): [string, unknown] => [
      name,
      this.#nested(planned, values[name], unknown[name], expressions[name]),
    ]);
    return policyOfDocument({ ...values, ...Object.fromEntries(filled) });
  }

  /** Walks values, what is unknown of them, and the expressions that they come from, side by side. */
  #nested(from: Planned, value: unknown, unknown: unknown, expression: unknown): unknown {
    if (unknown === true) return this.#attribute(from, expression);
    if (Array.isArray(unknown) && !Array.isArray(value)) {
      return unknown.includes(true) ? this.#attribute(from, expression) : value;
    }
    if (Array.isArray(unknown) && unknown.includes(true)) {
      const fill = this.#attribute(from, expression);
      const only = unknown.filter((one) => one === true).length === 1;
      return listOf(value).map((one, index) =>
        unknown[index] === true
          ? only
            ? fill
            : new Undetermined('it lists several unknown values')
          : one,
      );
    }
    if (Array.isArray(unknown)) {
      const expressions = listOf(expression);
      return listOf(value).map((one, index) =>
        this.#nested(from, one, unknown[index], expressions[index]),
      );
    }
    if (!isObject(unknown) || !isObject(value))
      return typeof value === 'string' && isUrlOfProvider(expression)
        ? urlOfProvider(value, undefined)
        : value;
    const within = isObject(expression) ? expression : {};
    const names = new Set([...Object.keys(value), ...Object.keys(unknown)]);
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        this.#nested(from, value[name], unknown[name], within[name]),
      ]),
    );
  }
}
