/** What a YAML text holds, and where in it. */
export interface YamlContent {
  readonly content: unknown;
  /** The first number that is not kept as written, such as 020, 0x10, 1e3 or one of too many digits. */
  readonly changedNumber?: {
    readonly where: string;
    /** Where its key is, as `positionOf` says it. */
    readonly keyAt: string | undefined;
    readonly written: string;
  };
  /** `file:line:column` of the value at this path, or of the nearest existing one above it. */
  readonly positionOf: (path: readonly (string | number)[]) => string | undefined;
}
