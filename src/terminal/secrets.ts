/** Text in which no secret stands, whoever put it there. */
export function without(secrets: readonly (string | undefined)[], text: string): string {
  return secrets.reduce<string>(
    (shown, secret) => (secret ? shown.replaceAll(secret, '[hidden]') : shown),
    text,
  );
}
