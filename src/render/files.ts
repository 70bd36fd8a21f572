/** A generated repository: relative path to text. */
export type Files = ReadonlyMap<string, string>;
