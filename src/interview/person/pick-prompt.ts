import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  makeTheme,
  useEffect,
  useKeypress,
  usePagination,
  usePrefix,
  useState,
} from '@inquirer/core';
import { styleText } from 'node:util';
import type { Choice } from '../asker.ts';

interface Config {
  readonly message: string;
  /** Who is asked, as shown while waiting. */
  readonly from: string;
  readonly optional: boolean;
  readonly find: (words: string, signal: AbortSignal) => Promise<readonly Choice[]>;
}

/** Stands for the wish to type instead; no path or name holds a colon alone. */
export const BY_HAND = ':by-hand';

const PAGE = 12;

/** A list to search and to pick any number from: type to search, Space to pick, Enter to end. */
export const pickPrompt = createPrompt<readonly string[], Config>((config, done) => {
  const theme = makeTheme();
  const [status, setStatus] = useState<'idle' | 'loading' | 'done'>('loading');
  const [words, setWords] = useState('');
  const [found, setFound] = useState<readonly Choice[]>([]);
  const [picked, setPicked] = useState<readonly Choice[]>([]);
  const [active, setActive] = useState(0);
  const [error, setError] = useState<string>();
  const prefix = usePrefix({ status, theme });

  useEffect(() => {
    const stop = new AbortController();
    setStatus('loading');
    const show = async () => {
      try {
        const choices = await config.find(words, stop.signal);
        if (stop.signal.aborted) return;
        setFound([...choices, { value: BY_HAND, name: 'Type them instead' }]);
        setActive(0);
        setStatus('idle');
      } catch (fault) {
        if (!stop.signal.aborted) setError(fault instanceof Error ? fault.message : String(fault));
      }
    };
    void show();
    return () => {
      stop.abort();
    };
  }, [words]);

  const isPicked = ({ value }: Choice) => picked.some((one) => one.value === value);
  useKeypress((key, rl) => {
    const current = found[active];
    if (isEnterKey(key)) {
      // Enter on a choice without having picked any picks that one.
      const all = picked.length > 0 || config.optional || !current ? picked : [current];
      const byHand = current?.value === BY_HAND;
      if (status !== 'idle' || (all.length === 0 && !config.optional)) rl.write(words);
      else {
        setPicked(byHand ? [current] : all);
        setStatus('done');
        done(byHand ? [BY_HAND] : all.map(({ value }) => value));
      }
    } else if (isSpaceKey(key)) {
      rl.clearLine(0);
      rl.write(words);
      if (!current || status !== 'idle' || current.value === BY_HAND) return;
      setPicked(
        isPicked(current)
          ? picked.filter(({ value }) => value !== current.value)
          : [...picked, current],
      );
    } else if (isUpKey(key) || isDownKey(key)) {
      rl.clearLine(0);
      rl.write(words);
      if (found.length > 0)
        setActive((active + (isUpKey(key) ? -1 : 1) + found.length) % found.length);
    } else if (rl.line !== words) {
      setError(undefined);
      setWords(rl.line);
    }
  });

  const message = theme.style.message(config.message, status);
  const names = picked.map(({ short, name }) => short ?? name).join(', ');
  const page = usePagination({
    items: found,
    active,
    pageSize: PAGE,
    loop: false,
    renderItem: ({ item, isActive }) => {
      const mark = item.value === BY_HAND ? ' ' : isPicked(item) ? '◉' : '◯';
      const line = `${isActive ? '❯' : ' '}${mark} ${item.name}`;
      return isActive ? theme.style.highlight(line) : line;
    },
  });
  if (status === 'done') return `${prefix} ${message} ${theme.style.answer(names || 'none')}`;
  const waiting = status === 'loading' ? styleText('dim', ` (asking ${config.from})`) : '';
  const help = styleText('dim', '↑↓ move • type to search • Space picks • Enter ends • Esc back');
  return [
    `${prefix} ${message} ${styleText('cyan', words)}${waiting}`,
    [
      ...(names === '' ? [] : [styleText('dim', `Picked: ${names}`)]),
      error === undefined ? page : theme.style.error(error),
      help,
    ].join('\n'),
  ];
});
