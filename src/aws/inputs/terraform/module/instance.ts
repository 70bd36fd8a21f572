import { join, relative } from 'node:path';
import type { JsonObject } from '../../../../text/json-object.ts';
import type { Body, HclExpression } from '../../hcl/syntax.ts';
import { Missing, Undetermined, UnknownIdentifier } from '../../undetermined.ts';
import { listOf, textOf } from '../../values.ts';
import { aliasIn, aliasOf, argumentsOf, textIn } from '../configuration.ts';
import type { Configuration, ConfiguredResource, PlacedBlock } from '../configuration.ts';
import type { Budget } from '../evaluate/budget.ts';
import { converted } from '../evaluate/convert.ts';
import {
  Evaluator,
  type LoopNames,
  type Resolved,
  type ResolvedStep,
} from '../evaluate/evaluator.ts';
import { Whole } from '../evaluate/values.ts';
import { identifies } from '../identity.ts';
import type { Surroundings } from '../resource.ts';
import { attributeOf } from './attribute.ts';
import { valuesOf } from './block-values.ts';
import type { Modules } from './modules.ts';
import { type Turn, turnsOf } from './repetition.ts';

/** A call leads through at most as many others. */
const DEEPEST = 16;
const NO_NAMES: LoopNames = new Map();

/** What all modules of a root have in common. */
export interface World {
  /** Of the root; `undefined` for a document without a folder. */
  readonly folder: string | undefined;
  readonly modules: Modules;
  /** The account in which AWS providers make what they make, unless they say which. */
  readonly account?: string | undefined;
  readonly budget: Budget;
}

/** Where a module stands, and what the one that calls it gives to it. */
export interface ModuleCall {
  /** `module.ci[0].`, empty in the root. */
  readonly prefix: string;
  readonly folder: string | undefined;
  /** The folders that lead to it, the last one is its own. */
  readonly through: readonly string[];
  /** The value of a variable; `undefined` where none is given. */
  readonly given: (variable: string) => unknown;
  /** The AWS provider of an alias. */
  readonly provider: (alias: string) => Surroundings;
}

/** A module as often as it is called, or why that is not known. */
export type ChildModules =
  readonly { readonly turn: Turn; readonly instance: ModuleInstance }[] | Undetermined;

/** A module with the values of one call. Everything is evaluated when it is asked for, and once. */
export class ModuleInstance {
  readonly #evaluator: Evaluator;
  readonly #known = new Map<string, unknown>();
  readonly #providers = new Map<string, Surroundings>();
  readonly #children = new Map<string, ChildModules>();
  readonly #turns = new Map<string, readonly Turn[] | Undetermined>();

  constructor(
    readonly configuration: Configuration,
    readonly call: ModuleCall,
    private readonly world: World,
  ) {
    const path = (one: string) => join(world.folder ?? '', one);
    this.#evaluator = new Evaluator({
      budget: world.budget,
      resolve: (name, steps) => this.#resolve(name, steps),
      file: (one) => (world.folder === undefined ? undefined : world.modules.file(path(one))),
      template: (one) =>
        world.folder === undefined ? undefined : world.modules.template(path(one)),
    });
  }

  turnsOf({ address, body }: ConfiguredResource): readonly Turn[] | Undetermined {
    return remembered(this.#turns, address, () => turnsOf(body, this.#evaluator));
  }

  /** What the AWS provider of a resource says of all that it makes; nothing where it is not in these files. */
  surroundingsOf(body: Body): Surroundings {
    return this.#provider(aliasOf(body));
  }

  #provider(alias: string): Surroundings {
    const own = this.configuration.providers.get(alias);
    if (!own) return this.call.provider(alias);
    const { account } = this.world;
    return remembered(this.#providers, alias, () => {
      const given = argumentsOf(own);
      const argument = (name: string) => {
        const expression = given.get(name);
        return expression && this.#evaluator.value(expression, NO_NAMES);
      };
      const accounts = listOf(argument('allowed_account_ids'));
      return {
        account: accounts.length === 1 ? textOf(accounts[0]) : account,
        region: textOf(argument('region')),
      };
    });
  }

  /** The arguments of a block, with each kind of nested block as a list. */
  valuesOf(body: Body, names: LoopNames): JsonObject {
    return valuesOf(body, names, this.#evaluator);
  }

  /** The modules that a call of this one makes. */
  childrenOf(name: string, block: PlacedBlock): ChildModules {
    return remembered(this.#children, name, () => this.#called(name, block));
  }

  #called(name: string, { body }: PlacedBlock): ChildModules {
    const source = textIn(argumentsOf(body).get('source'));
    const { folder, through, prefix } = this.call;
    if (source === undefined) return new Undetermined('its source is not a text');
    if (!/^\.\.?(\/|$)/.test(source))
      return new Undetermined(
        `its source ${source} is not a folder of this input, and not fetched`,
      );
    const target = folder === undefined ? undefined : join(folder, source);
    const configuration = target === undefined ? undefined : this.world.modules.at(target);
    if (target === undefined || !configuration)
      return new Undetermined(
        `its folder ${source} has no file in this input: it is outside of it, missing, or behind a symbolic link`,
      );
    if (through.includes(target)) return new Undetermined(`its folder ${source} calls itself`);
    if (through.length > DEEPEST)
      return new Undetermined(`it is called through more than ${DEEPEST} modules`);
    const turns = turnsOf(body, this.#evaluator);
    if (turns instanceof Undetermined) return turns;
    const given = argumentsOf(body);
    return turns.map((turn) => ({
      turn,
      instance: new ModuleInstance(
        configuration,
        {
          prefix: `${prefix}module.${name}${turn.suffix}.`,
          folder: target,
          through: [...through, target],
          given: (variable) => {
            const expression = given.get(variable);
            return expression && this.#evaluator.value(expression, turn.names);
          },
          provider: (alias) => this.#passed(alias, given.get('providers')),
        },
        this.world,
      ),
    }));
  }

  /** The provider that a call passes to a module: the one without an alias in any case, others by name. */
  #passed(alias: string, providers: HclExpression | undefined): Surroundings {
    if (providers?.kind !== 'object') return alias === '' ? this.#provider('') : {};
    const wanted = alias === '' ? 'aws' : `aws.${alias}`;
    const entry = providers.entries.find(([key]) => textIn(key) === wanted);
    const chosen = entry && aliasIn(entry[1]);
    return chosen === undefined ? {} : this.#provider(chosen);
  }

  #resolve(name: string, steps: readonly ResolvedStep[]): Resolved {
    const nameAt = (at: number) => {
      const step = steps[at];
      return step && 'key' in step && typeof step.key === 'string' ? step.key : '';
    };
    switch (name) {
      case 'var':
        return { value: this.#variable(nameAt(0)), taken: 1 };
      case 'local':
        return { value: this.#local(nameAt(0)), taken: 1 };
      case 'module':
        return { value: this.#module(nameAt(0)), taken: 1 };
      case 'data':
        return { value: this.#resource(`data.${nameAt(0)}.${nameAt(1)}`), taken: 2 };
      case 'path':
        return { value: this.#path(nameAt(0)), taken: 1 };
      default:
        return { value: this.#resource(`${name}.${nameAt(0)}`), taken: 1 };
    }
  }

  #once(key: string, evaluate: () => unknown): unknown {
    if (this.#known.has(key)) return this.#known.get(key);
    this.#known.set(key, new Undetermined(`${key} refers to itself`));
    const value = evaluate();
    this.#known.set(key, value);
    return value;
  }

  #local(name: string): unknown {
    const local = this.configuration.locals.get(name);
    if (!local) return new Undetermined(`local.${name} is not in these files`);
    return this.#once(`local.${name}`, () => this.#evaluator.value(local, NO_NAMES));
  }

  #variable(name: string): unknown {
    const declared = this.configuration.variables.get(name);
    if (!declared) return new Undetermined(`var.${name} is not in these files`);
    return this.#once(`var.${name}`, () => {
      const { type, default: fallback, nullable } = Object.fromEntries(argumentsOf(declared));
      const of = (expression: HclExpression) => this.#evaluator.value(expression, NO_NAMES);
      const given = this.call.given(name);
      const isNull = given === null && nullable?.kind === 'literal' && nullable.value === false;
      const value = given === undefined || isNull ? fallback && of(fallback) : given;
      if (value === undefined) return new Undetermined(`var.${name} has no value in these files`);
      return converted(value, type, of);
    });
  }

  #path(name: string): unknown {
    const { folder } = this.call;
    if (name === 'root') return '.';
    if (name !== 'module' || folder === undefined || this.world.folder === undefined)
      return new Undetermined(`path.${name} depends on where Terraform is run`);
    return relative(this.world.folder, folder) || '.';
  }

  #module(name: string): unknown {
    const block = this.configuration.calls.get(name);
    if (!block) return new Undetermined(`module.${name} is not in these files`);
    const children = this.childrenOf(name, block);
    if (children instanceof Undetermined)
      return new Undetermined(`module.${name} cannot be determined: ${children.reason}`);
    return severally(
      children.map(({ turn, instance }) => [
        turn,
        new Whole(`module.${name}${turn.suffix}`, (output) => instance.output(output)),
      ]),
      body(block),
    );
  }

  output(name: string): unknown {
    const output = this.configuration.outputs.get(name);
    if (!output) return new Missing(`the module has no output ${name}`);
    return this.#once(`output.${name}`, () => this.#evaluator.value(output, NO_NAMES));
  }

  #resource(address: string): unknown {
    const resource = this.configuration.resources.get(address);
    if (!resource) return new Undetermined(`${address.replace(/\.$/, '')} is not in these files`);
    const turns = this.turnsOf(resource);
    if (turns instanceof Undetermined)
      return new Undetermined(
        `how often ${address} is there cannot be determined: ${turns.reason}`,
      );
    return severally(
      turns.map((turn) => {
        const own = `${address}${turn.suffix}`;
        const get = (name: string) =>
          this.#once(`${own}.${name}`, () => {
            const value = attributeOf(name, resource, {
              address: own,
              names: turn.names,
              evaluator: this.#evaluator,
              surroundings: this.surroundingsOf(resource.body),
            });
            return value instanceof Undetermined && identifies(resource.resource, name)
              ? new UnknownIdentifier(value.reason, `${this.call.prefix}${own}`)
              : value;
          });
        return [turn, new Whole(own, get)];
      }),
      resource.body,
    );
  }
}

function body({ body: of }: PlacedBlock): Body {
  return of;
}

/** One thing, a list of them by `count`, or a map by `for_each`. */
function severally(each: readonly (readonly [Turn, Whole])[], { attributes }: Body): unknown {
  const names = attributes.map(({ name }) => name);
  if (names.includes('count')) return each.map(([, one]) => one);
  if (names.includes('for_each'))
    return Object.fromEntries(each.map(([{ key }, one]) => [String(key), one]));
  return each[0]?.[1];
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
