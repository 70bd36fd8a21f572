import { splitAtVariables } from './policy-variables.ts';
import { type RequestContext, valuesOf } from './request.ts';
import { type PatternPart, patternParts } from './wildcard.ts';

/** A piece of a policy value, before the request is known. */
export type TemplatePart = PatternPart | { readonly variable: Variable };

interface Variable {
  readonly key: string;
  /** `'x'` of `${key, 'x'}`. */
  readonly fallback?: string;
}

const ESCAPES = new Set(['*', '?', '$']);

/** How a value is to be read: by the operator, and by the version of the policy. */
export interface TemplateReading {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

/**
 * Reads `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readTemplate(
  value: string,
  { wildcards, variables }: TemplateReading,
): TemplatePart[] {
  const pieces = variables ? splitAtVariables(value) : [value];
  return pieces.flatMap((piece, place): TemplatePart[] => {
    if (place % 2 === 1) return [readVariable(piece)];
    return wildcards ? patternParts(piece) : [{ text: piece }];
  });
}

function readVariable(inside: string): TemplatePart {
  if (ESCAPES.has(inside)) return { text: inside };
  const opening = /,\s*'/.exec(inside);
  const start = opening ? opening.index + opening[0].length : inside.length;
  if (!opening || start === inside.length || !inside.endsWith("'")) {
    return { variable: { key: inside.trim() } };
  }
  return {
    variable: {
      key: inside.slice(0, opening.index).trim(),
      fallback: inside.slice(start, -1),
    },
  };
}

/**
 * Puts the request's values in; `undefined` where one has none: such a value equals nothing.
 * What a variable brings is plain text: a `*` in a token is not a wildcard.
 */
export function fillTemplate(
  parts: readonly TemplatePart[],
  context: RequestContext,
): PatternPart[] | undefined {
  const filled: PatternPart[] = [];
  for (const part of parts) {
    if ('variable' in part) {
      const text = variableText(part.variable, context);
      if (text === undefined) return undefined;
      filled.push({ text });
    } else {
      filled.push(part);
    }
  }
  return filled;
}

/** A key with several values cannot be a variable. */
function variableText({ key, fallback }: Variable, context: RequestContext): string | undefined {
  const value = valuesOf(context, key);
  return typeof value === 'string' ? value : fallback;
}

/** Whether a value reads anything from the request. */
export function hasVariable(parts: readonly TemplatePart[]): boolean {
  return parts.some((part) => 'variable' in part);
}
