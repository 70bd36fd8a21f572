import * as v from 'valibot';

/** A text, with what it means. */
export const text = (description: string) => v.pipe(v.string(), v.description(description));

/** A list of at least one text, with what they mean. */
export const list = (description: string) =>
  v.pipe(v.array(v.string()), v.minLength(1), v.description(description));

/** An explicit yes: `true` or absent. */
export const yes = (description: string) => v.pipe(v.literal(true), v.description(description));
