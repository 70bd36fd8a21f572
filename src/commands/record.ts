/** A flag of a command. */
export interface Flag {
  /** What stands for the value in help, such as `NAME`; a flag without one says yes, or no as `--no-…`. */
  readonly value?: string;
  /** What it does, in words that follow its name. */
  readonly help: string;
  /** What holds where it is not given, in words. */
  readonly default?: string;
  /** Whether it can be given several times. */
  readonly many?: true;
  /** One letter. */
  readonly short?: string;
  /** The heading that it stands under; "This run" where there is none. */
  readonly group?: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What the values of flags are once they are read. */
export type ArgumentValuesOf<F extends Flags> = {
  readonly [N in keyof F]?: F[N] extends { readonly value: string }
    ? F[N] extends { readonly many: true }
      ? string[]
      : string
    : boolean;
};

/** An argument of a command that is not a flag. */
interface Argument {
  /** What stands for it in messages, such as `folder`. */
  readonly name: string;
  /** The only words that it may be; the first argument of `add` is one. */
  readonly oneOf?: readonly string[];
  /** Whether it can be given several times; only the last argument can. */
  readonly many?: true;
}

/** Everything there is to know of a command: its arguments, help, page of docs and completion follow from it. */
export interface Command {
  readonly name: string;
  /** One line in the list of commands. */
  readonly summary: string;
  /** What it does, in a paragraph. */
  readonly about: string;
  /** What follows the program's name, a line each. */
  readonly usage: readonly string[];
  readonly examples: readonly { readonly line: string; readonly does?: string }[];
  readonly arguments: readonly Argument[];
  readonly flags: Flags;
  /** Flags that hold for one word of the first argument alone. */
  readonly flagsOf?: Readonly<Record<string, Flags>>;
  /** What else to know, in a paragraph. */
  readonly notes?: string;
  /** What an exit code means, where it is not one that every command has. */
  readonly exits: Readonly<Record<number, string>>;
  /** @returns the exit code */
  readonly run: (values: ArgumentValues, words: readonly string[]) => Promise<number>;
}

/** Values of flags by name. */
export type ArgumentValues = Readonly<
  Record<string, string | boolean | (string | boolean)[] | undefined>
>;

/** A command whose `run` takes the values of just its flags. */
export function command<const F extends Flags>(
  record: Omit<Command, 'flags' | 'run'> & {
    readonly flags: F;
    readonly run: (values: ArgumentValuesOf<F>, words: readonly string[]) => Promise<number>;
  },
): Command {
  const { run, ...rest } = record;
  // The values were read by these very flags.
  return { ...rest, run: (values, words) => run(values as ArgumentValuesOf<F>, words) };
}

/** The flags of every command. */
export const COMMON_FLAGS = {
  debug: { help: 'show where an error came from' },
  help: { help: 'show this help', short: 'h' },
} as const satisfies Flags;

export const JSON_FLAG = { help: 'print the result as JSON' } as const satisfies Flag;
export const YES_FLAG = { help: 'do not ask before writing', short: 'y' } as const satisfies Flag;
export const CA_FILE_FLAG = {
  value: 'FILE',
  help: 'trust this CA, in PEM, when GitLab is asked',
} as const satisfies Flag;

/** The exit codes of every command. */
export const COMMON_EXITS: Readonly<Record<number, string>> = {
  2: 'wrong usage, answers or input, or the output could not be written',
  3: 'a fault of the program: run it again with --debug and report what it prints',
  129: 'ended by SIGHUP',
  130: 'interrupted by Ctrl-C',
  143: 'ended by SIGTERM',
};
