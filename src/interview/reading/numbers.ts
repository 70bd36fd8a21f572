import { unquoted } from '../list.ts';

/** An account ID as people paste it: `"123456789012"`, `1234-5678-9012` or `1234 5678 9012`. */
export function readAccountId(text: string): string {
  return unquoted(text).replace(/[\s-]/g, '');
}

/** A thumbprint as OpenSSL and browsers show it, with colons or spaces and the name of the hash before it. */
export function readThumbprint(text: string): string {
  return unquoted(text)
    .replace(/^sha-?1( fingerprint)?\s*[=:]\s*/i, '')
    .replace(/[:\s]/g, '')
    .toLowerCase();
}

const SECONDS = { h: 3600, m: 60, s: 1 } as const;

/** @returns the seconds of `3600`, `60m`, `1h` or `1h30m`; `undefined` for another text */
export function readDuration(text: string): number | undefined {
  const word = unquoted(text).toLowerCase().replace(/\s/g, '');
  if (/^\d{1,9}$/.test(word)) return Number(word);
  const { h, m, s } =
    /^(?=\d)(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m)?(?:(?<s>\d{1,6})s)?$/.exec(word)?.groups ?? {};
  if (h === undefined && m === undefined && s === undefined) return undefined;
  return Number(h ?? 0) * SECONDS.h + Number(m ?? 0) * SECONDS.m + Number(s ?? 0);
}
