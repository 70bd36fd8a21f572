import type { Draft } from '../../answers/read.ts';
import type { Gitlab, GitlabProject } from '../../gitlab/api/gitlab.ts';
import { GitlabFault } from '../../gitlab/api/fault.ts';
import type { Setting } from '../../gitlab/settings/setting.ts';
import type { Version } from '../../gitlab/version.ts';
import type { Choice, Person, PickQuestion } from '../asker.ts';
import { draftsAt } from '../draft.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';

/** What a guide is made of. */
export interface Meeting {
  readonly person: Person;
  readonly gitlab: Gitlab;
  readonly version: Version | undefined;
  readonly findings: Findings;
  /** The project that the current folder is a checkout of. */
  readonly origin: string | undefined;
}

/**
 * GitLab beside the person: what it knows is offered, what it does not say is asked. After a fault that will not pass
 * it is asked nothing more, and the person answers by hand.
 */
export class Guide {
  readonly person: Person;
  readonly version: Version | undefined;
  readonly origin: string | undefined;
  /** Projects met so far, by path. */
  readonly projects = new Map<string, GitlabProject>();
  readonly #gitlab: Gitlab;
  readonly #findings: Findings;
  #lost = false;

  constructor({ person, gitlab, version, findings, origin }: Meeting) {
    this.person = person;
    this.version = version;
    this.origin = origin;
    this.#gitlab = gitlab;
    this.#findings = findings;
  }

  /** The instance, as a person names it. */
  get host(): string {
    return this.#gitlab.url.slice('https://'.length);
  }

  /**
   * Asks GitLab while the person waits.
   *
   * @param what is asked, as in "reading the branches of g/p"
   * @param unchecked what remains unchecked without the answer
   * @returns `undefined` without one
   */
  async consult<T>(
    what: string,
    unchecked: string,
    question: (gitlab: Gitlab, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const waited = this.#lost
      ? undefined
      : await this.#ask(() =>
          this.person.wait(`${this.host}: ${what}`, (signal) => question(this.#gitlab, signal)),
        );
    if (waited === undefined) this.#findings.unchecked.add(unchecked);
    return waited?.answer;
  }

  /**
   * Lets the person pick from what GitLab finds.
   *
   * @returns `undefined` where the answer is given by hand
   */
  async pick(
    question: Omit<PickQuestion, 'from' | 'find'> & {
      readonly find: (
        gitlab: Gitlab,
        words: string,
        signal: AbortSignal,
      ) => Promise<readonly Choice[]>;
    },
  ): Promise<readonly string[] | undefined> {
    if (this.#lost) return undefined;
    const { find, ...rest } = question;
    let fault: GitlabFault | undefined;
    const picked = await this.person.pick({
      ...rest,
      from: this.host,
      find: async (words, signal) => {
        try {
          return await find(this.#gitlab, words, signal);
        } catch (error) {
          signal.throwIfAborted();
          if (!(error instanceof GitlabFault)) throw error;
          fault = error;
          return [{ value: FAULT, name: `${error.flaw.what}; type instead` }];
        }
      },
    });
    if (!picked?.includes(FAULT)) return picked;
    if (fault) this.#lose(fault);
    return undefined;
  }

  /** What is known of a role's projects. */
  projectsOf(role: Draft): GitlabProject[] {
    return draftsAt(role, 'projects').flatMap(({ path }) => this.projects.get(String(path)) ?? []);
  }

  unchecked(what: string): void {
    this.#findings.unchecked.add(what);
  }

  toSet(setting: Setting): void {
    this.#findings.toSet.set(setting.why, setting);
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof GitlabFault)) throw error;
      this.#lose(error);
      return undefined;
    }
  }

  #lose(fault: GitlabFault): void {
    this.person.say(`${fault.message}. Type the other answers.`);
    this.#lost = true;
  }
}

/** Stands for a fault in a list of choices; no path or name holds a colon alone. */
const FAULT = ':fault';
