import { managedDocument } from '../../access/reach/managed.ts';
import type { Inventory, RoleContext } from '../../access/role-context.ts';

/**
 * Which input holds the documents of managed policies that roles of other inputs name. Only those documents are kept: the
 * inputs are read once more for them.
 */
export class DocumentsOfInputs {
  readonly #holders = new Map<string, number>();
  /** ARNs without a document, by the input whose roles name them. */
  readonly #wanted = new Map<number, ReadonlySet<string>>();
  readonly #known = new Map<string, unknown>();

  /** The documents that another input needs. */
  get known(): ReadonlyMap<string, unknown> {
    return this.#known;
  }

  note(input: number, { documents }: Inventory, roles: readonly RoleContext[]): void {
    for (const arn of documents?.keys() ?? [])
      if (!this.#holders.has(arn)) this.#holders.set(arn, input);
    // One that is known and cannot be read remains missing.
    const missing = roles.flatMap(missingOf).filter((arn) => !this.#known.has(arn));
    this.#wanted.set(input, new Set(missing));
  }

  /** Inputs that hold a document which is needed and not known. */
  get toRead(): ReadonlySet<number> {
    const holders = this.#allWanted().map((arn) =>
      this.#known.has(arn) ? undefined : this.#holders.get(arn),
    );
    return new Set(holders.filter((one) => one !== undefined));
  }

  learn({ documents }: Inventory): void {
    for (const arn of this.#allWanted())
      if (documents?.has(arn)) this.#known.set(arn, documents.get(arn));
  }

  /** Inputs whose roles name a policy of which the document became known after they were read. */
  get toReadAgain(): readonly number[] {
    return [...this.#wanted].flatMap(([input, arns]) =>
      [...arns].some((arn) => this.#known.has(arn)) ? [input] : [],
    );
  }

  #allWanted(): string[] {
    return [...this.#wanted.values()].flatMap((arns) => [...arns]);
  }
}

function missingOf({ policies = [], boundary }: RoleContext): string[] {
  return [...policies, ...(boundary ? [boundary] : [])].flatMap(({ arn, document }) =>
    arn === undefined || document !== undefined || managedDocument(arn) !== undefined ? [] : [arn],
  );
}
