import { basename, dirname, join } from 'node:path';
import { parseHcl } from '../hcl/parse-body.ts';
import { type HclExpression, SyntaxFault } from '../hcl/syntax.ts';
import { isObject } from '../../../text/json-object.ts';
import { parseJson } from '../text/parse-json.ts';
import { Undetermined } from '../undetermined.ts';
import { argumentsOf } from './configuration.ts';
import { Budget } from './evaluate/budget.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { expressionOf } from './json-expression.ts';

interface TextFile {
  readonly file: string;
  readonly text: string;
}

/**
 * The values that Terraform takes for the variables of a root without being asked: from `terraform.tfvars`, then from each
 * `*.auto.tfvars`.
 *
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
export class VariableFiles {
  readonly #values = new Map<string, ReadonlyMap<string, HclExpression>>();
  readonly #faulty = new Map<string, string>();
  /** Nothing can be referred to in such a file. */
  readonly #evaluator = new Evaluator({
    budget: new Budget(),
    resolve: (name) => ({
      value: new Undetermined(`${name} cannot be used in a file of variables`),
      taken: 0,
    }),
    file: () => undefined,
    template: () => undefined,
  });

  constructor(files: readonly TextFile[]) {
    const named = files.filter(({ file }) =>
      /^(terraform|.*\.auto)\.tfvars(\.json)?$/.test(basename(file)),
    );
    const isFirst = ({ file }: TextFile) => basename(file).startsWith('terraform.');
    for (const one of [...named.filter(isFirst), ...named.filter((each) => !isFirst(each))]) {
      const folder = join(dirname(one.file));
      const values = valuesIn(one);
      if (values === undefined) this.#faulty.set(folder, basename(one.file));
      else this.#values.set(folder, new Map([...(this.#values.get(folder) ?? []), ...values]));
    }
  }

  /** `undefined` where no file gives the variable. */
  valueOf(folder: string, variable: string): unknown {
    const faulty = this.#faulty.get(folder);
    if (faulty !== undefined) return new Undetermined(`${faulty} cannot be read`);
    const expression = this.#values.get(folder)?.get(variable);
    return expression && this.#evaluator.value(expression, new Map());
  }
}

/** `undefined` for a file at which Terraform stops. */
function valuesIn({ file, text }: TextFile): ReadonlyMap<string, HclExpression> | undefined {
  if (file.endsWith('.json')) {
    const { value, faults } = parseJson(text);
    if (faults.length > 0 || !isObject(value)) return undefined;
    return new Map(Object.entries(value).map(([name, one]) => [name, expressionOf(one)]));
  }
  try {
    return argumentsOf(parseHcl(text));
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
}
