import type { GenericSchema } from 'valibot';
import type { Partition } from '../iam/arn.ts';
import type { PolicyStatement } from '../iam/policy.ts';
import type { At } from '../text/collect.ts';
import type { FlawCheck } from '../text/flaw.ts';

/** Where the resources are that a pack names. `account` is `*` where it is not known before the deploy. */
export interface PackContext {
  readonly partition: Partition;
  readonly region: string;
  readonly account: string;
}

/** How the interview offers what a flag permits. It is data: the asker decides how to ask. */
interface PackPrompt {
  /** The choice in the list of all permissions. */
  readonly choice: string;
  /** What is shown once it is chosen, where the choice has a comma in it. */
  readonly short?: string;
  /** The question for what the permission is limited to; none where nothing can be named. */
  readonly message?: string;
  readonly why?: string;
  /** Checks one of the things named. */
  readonly check?: FlawCheck;
}

/** A flag that answers a part of a pack. */
export interface PackFlag {
  /** What follows the flag in the help, such as `BUCKET`; a flag without one says yes. */
  readonly value?: string;
  readonly help: string;
  /** May be given several times. */
  readonly many?: true;
  readonly prompt: PackPrompt;
}

export type PackFlags = Readonly<Record<string, PackFlag>>;

/** What a person gave for a flag. */
type ValueOf<Flag extends PackFlag> = PackFlag extends Flag
  ? string[] | string | boolean
  : Flag extends { many: true }
    ? string[]
    : Flag extends { value: string }
      ? string
      : boolean;

/** What a person gave for flags. */
export type ValuesOf<Flags extends PackFlags> = { readonly [F in keyof Flags]?: ValueOf<Flags[F]> };

/**
 * A least-privilege set of permissions that a role gets as one inline policy: all there is to know of it. It stands in
 * the answers under `permissions`, by its key in the index, and is absent by default. Its options are what the schema
 * describes; what is on a terminal, in a document or in a policy follows from this record.
 */
export interface Pack<Options = unknown, Flags extends PackFlags = PackFlags> {
  /** What it permits, as a sentence for the reference of the answers. */
  readonly meaning: string;
  /** Its options in the answers; each field carries its own description. */
  readonly schema: GenericSchema<unknown, Options>;
  /** Options as someone would write them. */
  readonly example: NoInfer<Options>;
  readonly flags: Flags;
  /**
   * What flags answer: by path below `permissions`, such as `s3.read`. A value of `undefined` answers nothing.
   *
   * @throws {ProblemError} for a flag whose value does not have the form it needs
   */
  answersOf(flags: ValuesOf<Flags>): Readonly<Record<string, unknown>>;
  /** Reports what is wrong with options of the right shape, by path below the pack; empty for the pack itself. */
  check(options: Options, at: At): void;
  /**
   * What is left for a role that only plans, so sees resources and not what they hold; `undefined` where that is nothing.
   * The one exception is a Terraform state, without which there is no plan.
   */
  readOnly(options: Options): Options | undefined;
  /** As `readOnly`, and with the data that may be read: secret values, the content of objects. */
  readingData(options: Options): Options | undefined;
  /** The data that it lets a job read or change, in words: secret values, the content of objects. */
  data(options: Options): readonly string[];
  /** What a person should know of the options before saying yes, by path below the pack. */
  notices?(options: Options): readonly { readonly where: string; readonly text: string }[];
  /** The inline policy's name. */
  policyName(options: Options): string;
  /** What it permits, in words, one entry a line of the README's table. */
  describe(options: Options): readonly string[];
  statements(options: Options, context: PackContext): readonly PolicyStatement[];
}
