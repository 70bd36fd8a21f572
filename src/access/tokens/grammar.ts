import { compilePattern, patternParts } from '../../iam/evaluate/wildcard.ts';
import { DEAD, patternRecognizer, type Recognizer, recognizes } from './recognizer.ts';

/** All the texts that a claim or a request key can hold. */
export interface Grammar {
  readonly recognizer: Recognizer;
  /** Texts that the recognizer accepts and that do not occur all the same. */
  readonly except: readonly Recognizer[];
  /** Characters that some text needs. */
  readonly structural: string;
  /** Characters that may stand for any that no policy mentions. */
  readonly fillers: string;
  /** Readable texts that no policy is likely to mention. */
  readonly samples: readonly string[];
}

export function isText(grammar: Grammar, text: string): boolean {
  return (
    recognizes(grammar.recognizer, text) && !grammar.except.some((one) => recognizes(one, text))
  );
}

/** A recognizer whose states are numbered from 0. */
function machine(
  step: (state: number, character: string) => number,
  accepting: readonly number[],
): Recognizer {
  const accepted = new Set(accepting);
  return { start: 0, step, accepts: (state) => accepted.has(state) };
}

function like(pattern: string): Recognizer {
  return patternRecognizer(compilePattern(patternParts(pattern)), true);
}

const LETTERS = 'xyzqwkjvuhabcdefgilmnoprstXYZQWKJVUHABCDEFGILMNOPRST0123456789_';

/**
 * A project's path: two segments or more.
 *
 * @see https://docs.gitlab.com/user/reserved_names/
 */
export const PROJECT_PATH: Grammar = {
  recognizer: machine(
    (state, character) => {
      if (/^[A-Za-z0-9_]$/.test(character)) return state < 2 ? 1 : 3;
      if (character === '/') return state === 1 || state === 3 ? 2 : DEAD;
      return (character === '.' || character === '-') && state % 2 === 1 ? state : DEAD;
    },
    [3],
  ),
  except: ['*.git', '*.git/*', '*.atom', '*.atom/*'].map(like),
  structural: '/',
  fillers: LETTERS,
  samples: ['other/project', 'someone/else', 'x/y'],
};

/**
 * A branch or tag: what git allows, less what GitLab refuses.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export const REF: Grammar = {
  recognizer: machine(
    (state, character) => {
      // eslint-disable-next-line no-control-regex -- control characters are the point
      if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(character)) return DEAD;
      const begins = state === 0 || state === 2;
      if (character === '/') return begins ? DEAD : 2;
      if (character === '.') return begins || state === 3 ? DEAD : 3;
      if (character === '-' && state === 0) return DEAD;
      if (character === '{' && state === 4) return DEAD;
      return character === '@' ? 4 : 1;
    },
    [1, 4],
  ),
  except: [
    ...['*.lock', '*.lock/*', 'HEAD'].map(exactly),
    ...['refs/heads/*', 'refs/tags/*', 'refs/remotes/*'].map(exactly),
  ],
  structural: '',
  fillers: LETTERS,
  samples: ['some-branch', 'x', 'other'],
};

function exactly(pattern: string): Recognizer {
  return patternRecognizer(compilePattern(patternParts(pattern)), false);
}

/** The id of a project, group or user: digits, the first of which is not 0. */
export const ID: Grammar = {
  recognizer: machine(
    (state, character) =>
      /^\d$/.test(character) && !(state === 0 && character === '0') ? 1 : DEAD,
    [1],
  ),
  except: [],
  structural: '',
  fillers: '9876543210',
  samples: ['99999999', '1000001', '31337'],
};

/** @see https://docs.gitlab.com/user/reserved_names/ */
export const LOGIN: Grammar = {
  recognizer: machine(
    (state, character) => {
      if (/^[A-Za-z0-9_]$/.test(character)) return 1;
      return (character === '.' || character === '-') && state === 1 ? 1 : DEAD;
    },
    [1],
  ),
  except: ['*.git', '*.atom'].map(like),
  structural: '',
  fillers: LETTERS,
  samples: ['somebody', 'x'],
};

export const EMAIL: Grammar = {
  recognizer: machine(
    (state, character) => {
      if (/^\s$/.test(character)) return DEAD;
      if (character === '@') return state === 1 ? 2 : DEAD;
      return state < 2 ? 1 : 3;
    },
    [3],
  ),
  except: [],
  structural: '@',
  fillers: LETTERS,
  samples: ['somebody@else.example', 'x@x'],
};

/** Any text but the empty one. */
export const TEXT: Grammar = {
  recognizer: machine((_, character) => (character < ' ' ? DEAD : 1), [1]),
  except: [],
  structural: '',
  fillers: `${LETTERS}!`,
  samples: ['something-else', 'x'],
};

/**
 * The name that a caller gives to a session: 2 to 64 characters.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const SESSION_NAME: Grammar = {
  recognizer: {
    start: 0,
    step: (state, character) => (/^[\w+=,.@-]$/.test(character) && state < 64 ? state + 1 : DEAD),
    accepts: (state) => state >= 2,
  },
  except: [],
  structural: '',
  fillers: LETTERS,
  samples: ['gitlab-job', 'xx'],
};
