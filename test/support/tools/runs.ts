/** How often a property is tried: `RUNS=10` tries ten times as often as a plain run does. */
export function runs(plain: number): number {
  return plain * Number(process.env['RUNS'] ?? 1);
}
