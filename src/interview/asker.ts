import type { FlawCheck, Flaw } from '../text/flaw.ts';
import { ProblemError, type Problem } from '../text/problem.ts';

/** What every question says. */
export interface Question {
  /** The flag that answers it without being asked, without the dashes. */
  readonly flag: string;
  readonly message: string;
  /** Why it is asked or what to type, in a line. */
  readonly why: string;
  /** Asked in the quick setup too, which takes the default of every other question. */
  readonly quick?: true;
}

export interface TextQuestion extends Question {
  readonly default?: string;
  /** What is wrong with an answer. */
  readonly check?: (text: string) => Flaw | undefined;
  /** An empty answer is an answer. */
  readonly optional?: true;
}

export interface Choice {
  readonly value: string;
  readonly name: string;
  /** What is shown once it is chosen, where that is not its name. */
  readonly short?: string;
}

export interface ChoiceQuestion extends Question {
  readonly choices: readonly Choice[];
  readonly default: string;
}

export interface ManyQuestion extends Question {
  readonly choices: readonly Choice[];
}

export interface YesQuestion extends Question {
  readonly default: boolean;
}

/** Answers questions: a person at a terminal, or the defaults. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  choice(question: ChoiceQuestion): Promise<string>;
  many(question: ManyQuestion): Promise<readonly string[]>;
  yes(question: YesQuestion): Promise<boolean>;
  /** Says something between questions. */
  say(text: string): void;
}

export interface SecretQuestion extends Question {
  readonly check: FlawCheck;
}

export interface PickQuestion extends Question {
  /** Who is asked, as shown while waiting. */
  readonly from: string;
  /** Whether nothing may be picked. */
  readonly optional: boolean;
  /** The choices for what has been typed so far. */
  readonly find: (words: string, signal: AbortSignal) => Promise<readonly Choice[]>;
}

/** A person, who can also keep a secret, search and wait. */
export interface Person extends Asker {
  /** A text that is not shown; empty for none. */
  secret(question: SecretQuestion): Promise<string>;
  /** Any number of what is found; `undefined` where the person would rather type. */
  pick(question: PickQuestion): Promise<readonly string[] | undefined>;
  /** Says what is waited for; `undefined` where the person pressed Esc rather than wait. */
  wait<T>(
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ readonly answer: T } | undefined>;
}

/** The person wants the previous question again. */
export class StepBack extends Error {
  override readonly name = 'StepBack';
}

/** Answers with defaults, and remembers the questions that had no answer. */
export class AbsentPerson implements Asker {
  private readonly missing: Question[] = [];
  private readonly untaken: Question[] = [];

  /** @param takeDefaults whether the person asked for that (`--yes`) */
  constructor(private readonly takeDefaults: boolean) {}

  text(question: TextQuestion): Promise<string> {
    if (question.optional) return Promise.resolve(question.default ?? '');
    if (question.default === undefined) this.missing.push(question);
    return Promise.resolve(
      question.default === undefined ? '' : this.take(question, question.default),
    );
  }

  choice(question: ChoiceQuestion): Promise<string> {
    return Promise.resolve(this.take(question, question.default));
  }

  many(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  yes(question: YesQuestion): Promise<boolean> {
    return Promise.resolve(question.default);
  }

  say(): void {
    // Nobody listens.
  }

  /** @throws {ProblemError} naming the flag of each question that was left open */
  done(): void {
    const problems: Problem[] = this.missing.map(({ flag, message }) => ({
      where: `--${flag}`,
      what: `it is required, and there is no terminal to ask on: "${message}"`,
      fix: `Give --${flag}`,
    }));
    if (this.untaken.length > 0) {
      const flags = this.untaken.map(({ flag }) => `--${flag}`).join(', ');
      problems.push({
        where: '--yes',
        what: `there is no terminal to ask on, and these are required: ${flags}`,
        fix: 'Give them, or --yes to take their defaults (--help shows them)',
      });
    }
    if (problems.length > 0) throw new ProblemError(problems);
  }

  private take(question: Question, value: string): string {
    if (!this.takeDefaults) this.untaken.push(question);
    return value;
  }
}
