import type { HclExpression } from '../../hcl/syntax.ts';
import type { Configuration } from '../configuration.ts';

/** The folders of an input that hold modules, and the files that they may read. */
export interface Modules {
  /** The module in a folder; `undefined` where no file of it was read. */
  readonly at: (folder: string) => Configuration | undefined;
  /** The text of a file, as an expression; `undefined` where it was not read. */
  readonly file: (path: string) => HclExpression | undefined;
  readonly template: (path: string) => HclExpression | undefined;
}

export const NO_MODULES: Modules = {
  at: () => undefined,
  file: () => undefined,
  template: () => undefined,
};
