import type { Flaw } from '../flaw.ts';
import { ProblemError, type Problem } from '../problem.ts';

/** What every question says. */
export interface Question {
  /** The flag that answers it without being asked, without the dashes. */
  readonly flag: string;
  readonly message: string;
  /** Why it is asked, in a line. */
  readonly why: string;
}

export interface TextQuestion extends Question {
  readonly default?: string;
  /** What is wrong with an answer. */
  readonly check?: (text: string) => Flaw | undefined;
  /** An empty answer is an answer. */
  readonly optional?: true;
}

interface Choice {
  readonly value: string;
  readonly name: string;
}

/** Answers questions: a person at a terminal, or the defaults. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  choice(
    question: Question & { readonly choices: readonly Choice[]; readonly default: string },
  ): Promise<string>;
  many(question: Question & { readonly choices: readonly Choice[] }): Promise<readonly string[]>;
  yes(question: Question & { readonly default: boolean }): Promise<boolean>;
  /** Says something between questions. */
  say(text: string): void;
}

/** Answers with defaults, and remembers the questions that nobody could answer. */
export class AbsentPerson implements Asker {
  private readonly missing: Problem[] = [];

  /** @param takeDefaults whether the person said so (`--yes`) */
  constructor(private readonly takeDefaults: boolean) {}

  text(question: TextQuestion): Promise<string> {
    if (question.optional) return Promise.resolve(question.default ?? '');
    return Promise.resolve(this.defaultOf(question, question.default));
  }

  choice(question: Question & { readonly default: string }): Promise<string> {
    return Promise.resolve(this.defaultOf(question, question.default));
  }

  many(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  yes(question: Question & { readonly default: boolean }): Promise<boolean> {
    return Promise.resolve(question.default);
  }

  say(): void {
    // Nobody listens.
  }

  /** @throws {ProblemError} naming the flag of each question that was left open */
  done(): void {
    if (this.missing.length > 0) throw new ProblemError(this.missing);
  }

  private defaultOf({ flag, message }: Question, value: string | undefined): string {
    if (value === undefined || !this.takeDefaults) {
      this.missing.push({
        where: `--${flag}`,
        what: `missing, and there is no terminal to ask for it: ${message.toLowerCase()}`,
        fix: value === undefined ? `Give --${flag}` : `Give --${flag}, or --yes to take ${value}`,
      });
    }
    return value ?? '';
  }
}
