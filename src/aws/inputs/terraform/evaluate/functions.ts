import { Missing, Undetermined, undeterminedIn } from '../../undetermined.ts';
import { type HclFunction, Misuse, NotEvaluated } from './arguments.ts';
import { OF_ALL, OF_SHAPE } from './functions-of-collections.ts';
import { OF_TEXT } from './functions-of-text.ts';

const FUNCTIONS = new Map<string, HclFunction>(Object.entries({ ...OF_TEXT, ...OF_ALL }));
const SHALLOW = new Map<string, HclFunction>(Object.entries(OF_SHAPE));

/**
 * What a function gives.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export function called(name: string, args: readonly unknown[]): unknown {
  const shallow = SHALLOW.get(name);
  const known = shallow ?? FUNCTIONS.get(name);
  if (!known) return new Undetermined(`this program does not evaluate ${name}()`);
  const unknown = shallow ? args.find((one) => one instanceof Undetermined) : undeterminedIn(args);
  if (unknown) return unknown;
  try {
    return known(args);
  } catch (error) {
    if (error instanceof Misuse) return new Missing(`${name}() does not take these arguments`);
    if (error instanceof NotEvaluated)
      return new Undetermined(`this program does not evaluate ${name}() of these arguments`);
    // A text that is longer than JavaScript allows.
    if (error instanceof RangeError) return new Undetermined('the value is too large');
    throw error;
  }
}
