/** The day of the run, as in `2027-01-31`: the one place where a command looks at the clock for what it reports. */
export function today(): string {
  return new Date().toISOString().slice(0, '2027-01-31'.length);
}

/** Where a day begins, so that all runs of a day have one result: requests before it do not count. */
export function startOf(day: string): string {
  return `${day}T00:00:00.000Z`;
}
