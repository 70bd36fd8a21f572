import { STAND_IN_ACCOUNT } from '../../../../iam/arn.ts';
import type { HclExpression, HclLoop, HclStep } from '../../hcl/syntax.ts';
import { Missing, Undetermined, undeterminedIn, withoutIdentity } from '../../undetermined.ts';
import type { Budget } from './budget.ts';
import { called } from './functions.ts';
import { binary, booleanOf, unary } from './operators.ts';
import { itemsOf, memberOf, textOfValue, Whole } from './values.ts';

/** What names stand for inside a `for`, or in a resource that is made several times. */
export type LoopNames = ReadonlyMap<string, unknown>;

/** Everything that an expression may refer to. */
export interface ExpressionScope {
  readonly budget: Budget;
  /**
   * A name that no loop gave, with the steps behind it: `var`, `local`, `module`, a resource.
   *
   * @returns the value, and how many of the steps lead to it
   */
  readonly resolve: (name: string, steps: readonly ResolvedStep[]) => Resolved;
  /** The text of a file; `undefined` where it was not read. */
  readonly file: (path: string) => HclExpression | undefined;
  /** The template in a file. */
  readonly template: (path: string) => HclExpression | undefined;
}

/** A step whose key is known: a name, or what stands in brackets; a splat has none. */
export type ResolvedStep = { readonly key: unknown } | { readonly isFull: boolean };

export interface Resolved {
  readonly value: unknown;
  readonly taken: number;
}

/** Evaluates expressions of HCL. What does not follow from the files is {@link Undetermined}, with the reason. */
export class Evaluator {
  constructor(private readonly scope: ExpressionScope) {}

  value(expression: HclExpression, names: LoopNames): unknown {
    const value = this.scope.budget.deeper(() => this.#value(expression, names));
    return passesOn(expression) ? value : withoutIdentity(value);
  }

  #value(expression: HclExpression, names: LoopNames): unknown {
    const of = (one: HclExpression) => this.value(one, names);
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'list':
        return expression.items.map(of);
      case 'object':
        return objectOf(expression.entries.map(([key, value]) => [of(key), () => of(value)]));
      case 'template':
        return this.scope.budget.charged(templateOf(withAnyAccount(expression.parts.map(of))));
      case 'reference':
        return this.#reference(expression.name, expression.steps, names);
      case 'within':
        return this.#stepsInto(of(expression.of), this.#keysOf(expression.steps, names), '(…)');
      case 'call':
        return this.scope.budget.charged(this.#call(expression, names));
      case 'unary':
        return unary(expression.operator, of(expression.of));
      case 'binary':
        return binary(expression.operator, of(expression.left), () => of(expression.right));
      case 'conditional':
        return this.#conditional(of(expression.condition), expression.yes, expression.no, names);
      case 'for':
        return this.scope.budget.charged(this.#for(expression, names));
      case 'repeated':
        return this.scope.budget.charged(this.#repeated(expression.loop, expression.body, names));
      case 'other':
        return new Undetermined(`this program does not evaluate ${short(expression.text)}`);
    }
  }

  #reference(name: string, steps: readonly HclStep[], names: LoopNames): unknown {
    const keys = this.#keysOf(steps, names);
    const reference = `${name}${keys.map(stepText).join('')}`;
    if (names.has(name))
      return this.scope.budget.charged(this.#stepsInto(names.get(name), keys, reference));
    const { value, taken } = this.scope.resolve(name, keys);
    return this.scope.budget.charged(this.#stepsInto(value, keys.slice(taken), reference));
  }

  #keysOf(steps: readonly HclStep[], names: LoopNames): ResolvedStep[] {
    return steps.map((step) => {
      if (step.kind === 'splat') return { isFull: step.isFull };
      return {
        key: step.kind === 'attribute' ? step.name : withoutIdentity(this.value(step.key, names)),
      };
    });
  }

  #stepsInto(from: unknown, steps: readonly ResolvedStep[], reference: string): unknown {
    let found = from;
    for (const [at, step] of steps.entries()) {
      if ('key' in step) {
        found = memberOf(found, step.key, reference);
        continue;
      }
      if (found instanceof Undetermined && !(found instanceof Whole)) return found;
      const rest = steps.slice(at + 1);
      const end = step.isFull ? rest.length : rest.findIndex((one) => !isName(one));
      const each = end < 0 ? rest : rest.slice(0, end);
      const items: readonly unknown[] = Array.isArray(found)
        ? found
        : found === null
          ? []
          : [found];
      const list = items.map((one) => this.#stepsInto(one, each, reference));
      return this.#stepsInto(list, rest.slice(each.length), reference);
    }
    return found;
  }

  #call(
    { name, args, isExpanded }: Extract<HclExpression, { kind: 'call' }>,
    names: LoopNames,
  ): unknown {
    if (name === 'try') return this.#try(args, names);
    if (name === 'can') return this.#can(args, names);
    const values = args.map((one) => this.value(one, names));
    if (isExpanded) {
      const last = values.pop();
      if (last instanceof Undetermined) return last;
      if (!Array.isArray(last)) return new Missing(`${name}() is given what is not a list`);
      for (const one of last) values.push(one);
    }
    if (name === 'file' || name === 'templatefile') return this.#file(name, values);
    return called(name, values);
  }

  /** Only what is missing for certain is passed over; what is not known might be there. */
  #try(args: readonly HclExpression[], names: LoopNames): unknown {
    let last: unknown = new Missing('try() is given nothing');
    for (const one of args) {
      last = this.value(one, names);
      if (!(undeterminedIn(last) instanceof Missing)) return last;
    }
    return last;
  }

  #can(args: readonly HclExpression[], names: LoopNames): unknown {
    const found = undeterminedIn(args.map((one) => this.value(one, names)));
    if (found === undefined) return true;
    return found instanceof Missing ? false : found;
  }

  #file(name: 'file' | 'templatefile', [path, variables]: readonly unknown[]): unknown {
    if (path instanceof Undetermined) return path;
    if (typeof path !== 'string') return new Missing(`${name}() takes a path`);
    const found = name === 'file' ? this.scope.file(path) : this.scope.template(path);
    if (!found)
      return new Undetermined(`the file ${short(path)} is not among those that were read`);
    if (name === 'file') return this.value(found, new Map());
    const given = itemsOf(variables);
    if (variables instanceof Undetermined) return variables;
    if (!given || Array.isArray(variables)) return new Missing('templatefile() takes a map');
    return this.value(found, new Map(given.map(([key, value]) => [String(key), value])));
  }

  #conditional(
    condition: unknown,
    yes: HclExpression,
    no: HclExpression,
    names: LoopNames,
  ): unknown {
    if (condition instanceof Undetermined) return condition;
    const decided = booleanOf(condition);
    if (decided === undefined) return new Missing('a condition is neither true nor false');
    const value = this.value(decided ? yes : no, names);
    if (typeof value !== 'number' && typeof value !== 'boolean') return value;
    // Both sides get one type: beside a text, a number is one.
    const other = this.value(decided ? no : yes, names);
    return typeof other === 'string' ? String(value) : value;
  }

  #for(
    { loop, key, value, condition, isGrouped }: Extract<HclExpression, { kind: 'for' }>,
    names: LoopNames,
  ): unknown {
    const rounds = this.#rounds(loop, names);
    if (rounds instanceof Undetermined) return rounds;
    const kept: LoopNames[] = [];
    for (const round of rounds) {
      const isKept = condition === undefined || this.value(condition, round);
      if (isKept instanceof Undetermined) return isKept;
      if (booleanOf(isKept) === true) kept.push(round);
    }
    if (key === undefined) return kept.map((round) => this.value(value, round));
    const entries = kept.map((round): [unknown, () => unknown] => [
      this.value(key, round),
      () => this.value(value, round),
    ]);
    return isGrouped ? groupsOf(entries) : objectOf(entries);
  }

  #repeated(loop: HclLoop, body: HclExpression, names: LoopNames): unknown {
    const rounds = this.#rounds(loop, names);
    if (rounds instanceof Undetermined) return rounds;
    return templateOf(['', ...rounds.map((round) => this.value(body, round))]);
  }

  #rounds({ key, item, in: through }: HclLoop, names: LoopNames): LoopNames[] | Undetermined {
    const value = this.value(through, names);
    if (value instanceof Undetermined) return value;
    const items = itemsOf(value);
    if (!items) return new Missing('for goes through what is neither a list nor a map');
    return items.map(([name, one]) => {
      const round = new Map(names);
      if (key !== undefined) round.set(key, name);
      return round.set(item, one);
    });
  }
}

/** Whether the value of an expression is one of those that it is written with, and not made of them. */
function passesOn(expression: HclExpression): boolean {
  if (expression.kind === 'template') return expression.parts.length === 1;
  if (expression.kind === 'call') return expression.name === 'try';
  return ['reference', 'within', 'conditional'].includes(expression.kind);
}

function isName(step: ResolvedStep): boolean {
  return 'key' in step && typeof step.key === 'string';
}

function stepText(step: ResolvedStep): string {
  if (!('key' in step)) return '[*]';
  const { key } = step;
  return typeof key === 'string' && /^[A-Za-z_][\w-]*$/.test(key)
    ? `.${key}`
    : `[${key instanceof Undetermined ? '…' : JSON.stringify(key)}]`;
}

function objectOf(entries: readonly (readonly [unknown, () => unknown])[]): unknown {
  const found = new Map<string, unknown>();
  for (const [key, value] of entries) {
    if (key instanceof Undetermined) return key;
    const name = textOfValue(key);
    if (name === undefined) return new Missing('a key is not a text');
    if (found.has(name)) return new Missing(`${short(name)} is written twice`);
    found.set(name, value());
  }
  return Object.fromEntries(found);
}

function groupsOf(entries: readonly (readonly [unknown, () => unknown])[]): unknown {
  const found = new Map<string, unknown[]>();
  for (const [key, value] of entries) {
    if (key instanceof Undetermined) return key;
    const name = textOfValue(key);
    if (name === undefined) return new Missing('a key is not a text');
    const group = found.get(name);
    if (group) group.push(value());
    else found.set(name, [value()]);
  }
  return Object.fromEntries(found);
}

/**
 * A template whose only gap may be the account of an OIDC provider: a role trusts those of its own account alone, so which
 * one it is changes nothing.
 */
function withAnyAccount(values: readonly unknown[]): readonly unknown[] {
  return values.map((value, at) => {
    const [before, after] = [values[at - 1], values[at + 1]];
    const isAccount =
      value instanceof Undetermined &&
      !(value instanceof Missing) &&
      typeof before === 'string' &&
      before.endsWith(':iam::') &&
      typeof after === 'string' &&
      after.startsWith(':oidc-provider/');
    return isAccount ? STAND_IN_ACCOUNT : value;
  });
}

function templateOf(values: readonly unknown[]): unknown {
  const unknown = undeterminedIn(values);
  if (unknown) return unknown;
  if (values.length === 1) return values[0];
  return values.some((one) => textOfValue(one) === undefined)
    ? new Undetermined('a template holds a value that is not text')
    : values.map(String).join('');
}

/** A text in one line, cut where it is long. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
