import type { JsonObject } from '../../../../text/json-object.ts';
import { booleanOf, numberOf } from './operators.ts';
import { isMap, textOfValue } from './values.ts';

/** Arguments that a function does not take: Terraform stops there. */
export class Misuse extends Error {}

/** Arguments that Terraform takes and this program does not, such as regular expressions. */
export class NotEvaluated extends Error {}

/** A function of Terraform. @throws {Misuse | NotEvaluated} for what it does not take */
export type HclFunction = (args: readonly unknown[]) => unknown;

export function text(value: unknown): string {
  return textOfValue(value) ?? misused();
}

export function number(value: unknown): number {
  return numberOf(value) ?? misused();
}

export function boolean(value: unknown): boolean {
  return booleanOf(value) ?? misused();
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : misused();
}

export function map(value: unknown): JsonObject {
  return isMap(value) ? value : misused();
}

export function misused(): never {
  throw new Misuse();
}
