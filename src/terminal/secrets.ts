/** No secret of AWS or GitLab is shorter; what is shorter would stand by chance in any text. */
const SHORTEST = 12;

/** Text without the secrets, wherever they came from. */
export function without(secrets: readonly (string | undefined)[], text: string): string {
  return secrets.reduce<string>(
    (shown, secret) =>
      secret !== undefined && secret.length >= SHORTEST
        ? shown.replaceAll(secret, '[hidden]')
        : shown,
    text,
  );
}
