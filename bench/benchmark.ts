/** Where a benchmark runs. */
export interface Place {
  /** The project's folder, built. */
  readonly root: string;
  /** A folder of its own, which is removed at the end. */
  readonly folder: string;
}

/** Rows of text under headings, as they stand in `docs/benchmarks.md`. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly run: (place: Place) => Promise<Table> | Table;
}
