import {
  StepBack,
  type ChoiceQuestion,
  type ManyQuestion,
  type Person,
  type PickQuestion,
  type Question,
  type SecretQuestion,
  type TextQuestion,
  type YesQuestion,
} from '../asker.ts';
import { isList, type Answer, type GivenAnswer } from './given-answer.ts';

/** What was asked or waited for, in order. */
type ConversationEntry =
  | (GivenAnswer & { readonly kind: 'asked' | 'default' | 'secret' })
  | { readonly kind: 'waited'; readonly what: string; readonly outcome: Promise<unknown> };

type Kind = Exclude<ConversationEntry['kind'], 'waited'>;

/**
 * Remembers what a person answered, so that any earlier question can be asked again. The interview is straight code: to go
 * back it is run again, with the answers that still hold given for the person. Waits for GitLab are remembered too.
 */
export class Conversation implements Person {
  /** Whether the questions that are not marked `quick` take their defaults. */
  quick = false;
  readonly #person: Person;
  #past: ConversationEntry[] = [];
  /** What is given for the person, until it is used up. */
  #replayed: ConversationEntry[];
  /** The position of the question to ask although an answer to it is known. */
  #again: number | undefined;
  /** Whether what is shown was shown previously. */
  #silent: boolean;

  /** @param given answers of an earlier conversation, which are not asked for again */
  constructor(person: Person, given: readonly GivenAnswer[] = []) {
    this.#person = person;
    this.#replayed = given.map((answer) => ({ kind: 'asked', ...answer }));
    this.#silent = given.length > 0;
  }

  /** Has an interview until its end, however often the person steps back. */
  async run<T>(interview: (person: Person) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await interview(this);
        this.#replayed = [];
        return result;
      } catch (error) {
        if (!(error instanceof StepBack)) throw error;
        this.stepBack();
      }
    }
  }

  /** Starts over before the question that was asked last; the next {@link run} asks it again. */
  stepBack(): void {
    const last = this.#past.findLastIndex(isOfPerson);
    this.#restart([...this.#past.slice(0, Math.max(last, 0)), ...this.#replayed]);
  }

  /** Starts over; the next {@link run} asks the one question again, and those that follow from its new answer. */
  askAgain(question: number): void {
    const before = this.#past.slice(0, question);
    // What GitLab answered may depend on the answer.
    const after = this.#past.slice(question + 1).filter(({ kind }) => kind !== 'waited');
    this.#restart([...before, ...after]);
    this.#again = question;
  }

  /** The questions so far, defaults included, by their position. */
  questions(): { readonly position: number; readonly question: string; readonly answer: Answer }[] {
    return this.#past.flatMap((entry, position) =>
      entry.kind === 'waited' || entry.kind === 'secret'
        ? []
        : [{ position, question: entry.question, answer: entry.answer }],
    );
  }

  /** The person's answers so far, in order, without secrets. */
  given(): GivenAnswer[] {
    return [...this.#past, ...this.#replayed].flatMap((entry) =>
      entry.kind === 'asked'
        ? [{ flag: entry.flag, question: entry.question, answer: entry.answer }]
        : [],
    );
  }

  text(question: TextQuestion): Promise<string> {
    const { check, optional } = question;
    return this.#answer({
      question,
      default: question.default ?? (optional ? '' : undefined),
      read: (answer) => {
        const text = isList(answer) ? answer.join(', ') : answer;
        const isFine =
          typeof text === 'string' && (optional && text === '' ? true : !check?.(text));
        return isFine ? text : undefined;
      },
      ask: () => this.#person.text(question),
    });
  }

  choice(question: ChoiceQuestion): Promise<string> {
    return this.#answer({
      question,
      default: question.default,
      read: (answer) => question.choices.find(({ value }) => value === answer)?.value,
      ask: () => this.#person.choice(question),
    });
  }

  many(question: ManyQuestion): Promise<readonly string[]> {
    const isChoice = (item: string) => question.choices.some(({ value }) => value === item);
    return this.#answer<readonly string[]>({
      question,
      default: [],
      read: (answer) => (isList(answer) && answer.every(isChoice) ? answer : undefined),
      ask: () => this.#person.many(question),
    });
  }

  yes(question: YesQuestion): Promise<boolean> {
    return this.#answer({
      question,
      default: question.default,
      read: (answer) => (typeof answer === 'boolean' ? answer : undefined),
      ask: () => this.#person.yes(question),
    });
  }

  secret(question: SecretQuestion): Promise<string> {
    return this.#answer({
      question,
      kind: 'secret',
      default: '',
      read: (answer) => (typeof answer === 'string' ? answer : undefined),
      ask: () => this.#person.secret(question),
    });
  }

  async pick(question: PickQuestion): Promise<readonly string[] | undefined> {
    const typed = this.#replayed.find(isAnswerTo(question));
    if (typed && !isList(typed.answer) && !this.#isAgain()) return undefined;
    const answer = await this.#answer<readonly string[] | typeof BY_HAND>({
      question,
      default: question.optional ? [] : undefined,
      read: (given) => (isList(given) ? given : undefined),
      ask: async () => (await this.#person.pick(question)) ?? BY_HAND,
    });
    return answer === BY_HAND ? undefined : answer;
  }

  async wait<T>(
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ readonly answer: T } | undefined> {
    const known = this.#replayed.findIndex(
      (entry) => entry.kind === 'waited' && entry.what === what,
    );
    const [entry] = known < 0 ? [] : this.#replayed.splice(known, 1);
    // The same wait is for the same work, so for an answer of the same type.
    const outcome = (
      entry?.kind === 'waited' ? entry.outcome : this.#person.wait(what, work)
    ) as Promise<{ readonly answer: T } | undefined>;
    this.#past.push({ kind: 'waited', what, outcome });
    return outcome;
  }

  say(text: string): void {
    if (!this.#silent) this.#person.say(text);
  }

  async #answer<T extends Answer | typeof BY_HAND>({
    question,
    kind = 'asked',
    default: byDefault,
    read,
    ask,
  }: AskedQuestion<T>): Promise<T> {
    const isAgain = this.#isAgain();
    const index = isAgain ? -1 : this.#replayed.findIndex(isAnswerTo(question));
    const [entry] = index < 0 ? [] : this.#replayed.splice(index, 1);
    const known = entry && entry.kind !== 'waited' ? read(entry.answer) : undefined;
    if (entry && entry.kind !== 'waited' && known !== undefined) {
      this.#past.push(entry);
      return known;
    }
    if (byDefault !== undefined && this.quick && !question.quick && !isAgain) {
      this.#remember(question, 'default', byDefault);
      return byDefault;
    }
    this.#silent = false;
    const answer = await ask();
    this.#again = undefined;
    this.#remember(question, kind, answer);
    return answer;
  }

  #remember({ flag, message }: Question, kind: Kind, answer: Answer | typeof BY_HAND): void {
    if (answer !== BY_HAND) this.#past.push({ kind, flag, question: message, answer });
  }

  #isAgain(): boolean {
    return this.#again === this.#past.length;
  }

  #restart(replayed: ConversationEntry[]): void {
    this.#replayed = replayed;
    this.#past = [];
    this.#again = undefined;
    this.#silent = replayed.length > 0;
  }
}

/** Stands for a question that the person would rather answer by typing: no answer, so nothing to remember. */
const BY_HAND = Symbol('by hand');

interface AskedQuestion<T> {
  readonly question: Question;
  readonly kind?: Kind;
  /** What the quick setup takes; `undefined` where there is nothing to take. */
  readonly default: T | undefined;
  /** An answer that was given earlier, where it is one to this question. */
  readonly read: (answer: Answer) => T | undefined;
  readonly ask: () => Promise<T>;
}

function isAnswerTo({ flag, message }: Question) {
  return (entry: ConversationEntry): entry is Exclude<ConversationEntry, { kind: 'waited' }> =>
    entry.kind !== 'waited' && entry.flag === flag && entry.question === message;
}

function isOfPerson({ kind }: ConversationEntry): boolean {
  return kind === 'asked' || kind === 'secret';
}
